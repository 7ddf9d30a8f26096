/** For authors: the site is read anew when a file of it changes, and open pages show what is new, or what is wrong. */
import { createHash } from 'node:crypto';
import { dirname, join, posix, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HotChannelClient, ViteDevServer } from 'vite';
import { describeArtifacts } from '../artifacts/index.ts';
import { type DescribedSite, readSite } from '../describe/index.ts';
import type { Project } from '../options/index.ts';
import { SANDBOX_PATH, pathOf } from '../serve/index.ts';
import { SCRIPTS_PATH, buildLazyScript } from './lazy-scripts.ts';
import { buildSandboxOf } from './sandbox.ts';
import { describedSite, handOver } from './state.ts';

/** Milliseconds without a change after which the content is read again, where that takes as long or longer. */
const PAUSE_MS_MAX = 2_000;

/** Pages are drawn from the project as it was last without findings. */
export function authoring(server: ViteDevServer, project: Project): void {
  serveScripts(server, project);
  serveArtifacts(server, project);
  watch(server, project);
}

/** The page in which programs run, and what pages load later, made anew for each request. */
function serveScripts({ middlewares }: ViteDevServer, project: Project): void {
  middlewares.use(SANDBOX_PATH, (_request, response, next) => {
    buildSandboxOf(project).then(
      (page) => (page === undefined ? next() : response.setHeader('Content-Type', 'text/html').end(page)),
      next,
    );
  });
  middlewares.use(SCRIPTS_PATH, ({ url = '' }, response, next) => {
    const name = url.slice(1).replace(/\.js$/, '');
    buildLazyScript(name, project).then(
      (script) => (script === undefined ? next() : response.setHeader('Content-Type', 'text/javascript').end(script)),
      next,
    );
  });
}

/** Media types of what lies beside the pages. */
const TYPES: Record<string, string> = { '.json': 'application/json', '.md': 'text/markdown', '.txt': 'text/plain' };

function serveArtifacts({ middlewares }: ViteDevServer, { root }: Project): void {
  middlewares.use(({ url = '' }, response, next) => {
    const path = pathOf(url);
    const type = TYPES[posix.extname(path)];
    if (type === undefined) return next();
    describedSite(root)
      .then((site) => {
        const text = describeArtifacts(site).get(path);
        if (text) response.setHeader('Content-Type', `${type}; charset=utf-8`).end(text());
        else next();
      })
      .catch(next);
  });
}

function watch(server: ViteDevServer, project: Project): void {
  const { root, content, snippets } = project;
  // The programs run on the package.
  const folders = [content, snippets, dirname(project.package.source)].map((folder) => join(root, folder) + sep);
  let changes = 0;
  let tookMs = 0;
  let shown: string | undefined;
  /** All findings as text, empty when there are none. */
  let wrong = '';
  const tell = (client: Pick<HotChannelClient, 'send'>) =>
    client.send({ type: 'error', err: { message: wrong, stack: '', plugin: 'gate' } });
  const read = async () => {
    const change = ++changes;
    // The open page shows changed prose at once; on a large site it comes before all of the content is read again.
    await sleep(Math.min(tookMs, PAUSE_MS_MAX));
    if (change !== changes) return;
    const start = performance.now();
    const reading = readSite(project);
    if (shown === undefined) handOver(root, reading);
    try {
      const site = await reading;
      if (change !== changes) return;
      handOver(root, reading);
      const digest = digestOf(site);
      // The overlay goes when the page is loaded anew.
      if (wrong !== '' || (shown !== undefined && digest !== shown)) drawAnew(server);
      [shown, wrong] = [digest, ''];
    } catch (error) {
      if (change !== changes) return;
      wrong = (error as Error).message;
      server.config.logger.error(wrong);
      tell(server.environments.client.hot);
    } finally {
      tookMs = performance.now() - start;
    }
  };
  // Also a page that is opened, or loads itself once more, while something is wrong.
  server.environments.client.hot.on('vite:client:connect', (_data, client) => {
    if (wrong !== '') tell(client);
  });
  server.watcher.add(folders);
  server.watcher.on('all', (_event, path) => {
    if (folders.some((folder) => path.startsWith(folder)) && !/[\\/]\.[^\\/]*$|\.test\.ts$/.test(path)) void read();
  });
  void read();
}

/** Everything but prose, whose change Vite sees itself. */
function digestOf({ content }: DescribedSite): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...content, pages: content.pages.map((page) => ({ ...page, tree: undefined })) }))
    .digest('hex');
}

/** Astro forgets which pages there are, as it does when a collection changes, and open ones are loaded once more. */
function drawAnew({ environments }: ViteDevServer): void {
  for (const { hot } of Object.values(environments)) hot.send('astro:content-changed', {});
  environments.client.hot.send({ type: 'full-reload', path: '*' });
}
