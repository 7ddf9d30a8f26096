import { defineConfig } from 'astro/config';
import { docs } from './src/docs/integration/index.ts';
import { OPTIONS } from './src/site/docs-options.ts';

export default defineConfig({
  srcDir: './src/site',
  cacheDir: './build/astro',
  integrations: [docs(OPTIONS)],
});
