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
  // What names the site's address is made where it has one.
  ...(siteUrl !== undefined && { site: siteUrl }),
  trailingSlash: 'never',
  integrations: [mdx(), ...(siteUrl === undefined ? [] : [sitemap({ serialize: await datePages(root) })])],
  // The disk is waited for by several pages at once.
  build: { inlineStylesheets: 'always', concurrency: 6 },
  markdown: { syntaxHighlight: false },
  devToolbar: { enabled: false },
  // Browsers without light-dark() and :has() get a readable page; translating them costs every page bytes.
  vite: {
    plugins: [withoutMetadata()],
    // The helpers run as Node runs them; Vite would rewrite the CommonJS below them.
    ssr: { external: ['authkit-session-helpers', '@resvg/resvg-js'] },
    // One request a page: its script stands in it.
    build: {
      cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
      target: 'es2022',
      assetsInlineLimit: 16_384,
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
});
