/** `npm run dev [-- --port 4321]`: the site for authors, updated when content/ or snippets/ change. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dev } from 'astro';
import type { Plugin } from 'vite';
import { buildSandbox } from '../docs/run/index.ts';
import { buildSdk } from '../docs/snippets/index.ts';
import { SCRIPTS_PATH, buildLazyScript } from './lazy-scripts.ts';
import { SANDBOX_PATH } from './security-headers.ts';
import { SANDBOX } from './subject.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({ options: { port: { type: 'string', short: 'p', default: '4321' } } });
await buildSdk(root);
// Imported here because it imports the helpers, which may have just been built.
const { authoring } = await import('./dev-reload.ts');
/** The sandbox and the lazy scripts, rebuilt for each request. */
const lazy: Plugin = {
  name: 'lazy',
  configureServer: ({ middlewares }) => {
    middlewares.use(SANDBOX_PATH, (_request, response, next) => {
      buildSandbox(SANDBOX)
        .then((page) => response.setHeader('Content-Type', 'text/html').end(page))
        .catch(next);
    });
    middlewares.use(SCRIPTS_PATH, ({ url = '' }, response, next) => {
      const name = url.slice(1).replace(/\.js$/, '');
      buildLazyScript(name).then(
        (script) => (script === undefined ? next() : response.setHeader('Content-Type', 'text/javascript').end(script)),
        next,
      );
    });
  },
};
await dev({ root, server: { port: Number(values.port) }, vite: { plugins: [lazy, authoring(root)] } });
