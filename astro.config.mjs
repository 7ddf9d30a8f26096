import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';

export default defineConfig({
  srcDir: './src/site',
  cacheDir: './build/astro',
  integrations: [mdx()],
  build: { inlineStylesheets: 'always' },
  markdown: { syntaxHighlight: false },
  devToolbar: { enabled: false },
  // Browsers without light-dark() and :has() get a readable page; translating them costs every page bytes.
  vite: {
    // The helpers run as Node runs them; Vite would rewrite the CommonJS below them.
    ssr: { external: ['authkit-session-helpers'] },
    // One request a page: its script stands in it.
    build: { cssTarget: ['chrome123', 'firefox121', 'safari17.5'], target: 'es2022', assetsInlineLimit: 16_384 },
  },
});
