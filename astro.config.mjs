import { fileURLToPath } from 'node:url';
import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { readPublication } from './src/docs/describe/publication.ts';
import { datePages } from './src/docs/artifacts/sitemap-dates.ts';
import { withoutMetadata } from './src/site/texts/without-metadata.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const { siteUrl } = readPublication(root);

export default defineConfig({
  srcDir: './src/site',
  cacheDir: './build/astro',
  // The sitemap and canonical links need the site's address.
  ...(siteUrl !== undefined && { site: siteUrl }),
  trailingSlash: 'never',
  integrations: [mdx(), ...(siteUrl === undefined ? [] : [sitemap({ serialize: await datePages(root) })])],
  // Render several pages at once: they wait for the disk.
  build: { inlineStylesheets: 'always', concurrency: 6 },
  markdown: { syntaxHighlight: false },
  devToolbar: { enabled: false },
  // Browsers without light-dark() and :has() still get a readable page; transpiling them would make every page larger.
  vite: {
    plugins: [withoutMetadata()],
    // Let Node load the helpers: Vite would rewrite their CommonJS dependencies.
    ssr: { external: ['authkit-session-helpers', '@resvg/resvg-js'] },
    // One request per page: inline its script.
    build: {
      cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
      target: 'es2022',
      assetsInlineLimit: 16_384,
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
});
