/** `npm run dev [-- --port 4321]`: the site for authors, drawn anew when content/ or snippets/ change. */
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dev } from 'astro';
import type { Plugin } from 'vite';
import { type Sandbox, buildSandbox } from '../live/index.ts';
import { buildSdk } from '../docs/snippets/index.ts';
import { SCRIPTS_PATH, buildLazyScript } from './lazy-scripts.ts';
import { SANDBOX_PATH } from './security-headers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({ options: { port: { type: 'string', short: 'p', default: '4321' } } });
await buildSdk(root);
// It imports the helpers, which may have been built just now.
const { authoring } = await import('./authoring.ts');
/** The page in which programs run, and what pages load later, made anew for each request. */
let sandbox: Promise<Sandbox> | undefined;
const lazy: Plugin = {
  name: 'lazy',
  configureServer: ({ middlewares }) => {
    middlewares.use(SANDBOX_PATH, (_request, response, next) => {
      sandbox = buildSandbox();
      sandbox.then(({ page }) => response.setHeader('Content-Type', 'text/html').end(page), next);
    });
    middlewares.use(posix.dirname(SANDBOX_PATH), ({ url = '' }, response, next) => {
      const part = (built?: Sandbox) => built?.parts.get(posix.basename(url, '.js'));
      Promise.resolve(sandbox).then(
        (built) =>
          part(built) === undefined ? next() : response.setHeader('Content-Type', 'text/javascript').end(part(built)),
        next,
      );
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
