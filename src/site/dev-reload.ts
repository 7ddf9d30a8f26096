/** For authors: rereads the site when a file changes; open pages then show the change, or the findings. */
import { createHash } from 'node:crypto';
import { join, posix, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HotChannelClient, Plugin, ViteDevServer } from 'vite';
import { describeArtifacts } from '../docs/artifacts/index.ts';
import { type DescribedSite, readSite } from '../docs/describe/index.ts';
import { describedSite, handOver } from './described-site.ts';
import { pathOf } from './serve.ts';

/** Folders that the content depends on: snippets import the helpers. */
const WATCHED = ['content', 'snippets', 'src/sdk'];

/** Upper limit of the pause after a change, in milliseconds; below it, the pause is as long as the last read took. */
const PAUSE_MS_MAX = 2_000;

/** Serves pages from the last state of the project in `root` without findings. */
export function authoring(root: string): Plugin {
  return {
    name: 'authoring',
    configureServer: (server) => {
      serveArtifacts(server);
      watch(server, root);
    },
  };
}

/** Media types of the files beside the pages. */
const TYPES: Record<string, string> = { '.json': 'application/json', '.md': 'text/markdown', '.txt': 'text/plain' };

function serveArtifacts({ middlewares }: ViteDevServer): void {
  middlewares.use(({ url = '' }, response, next) => {
    const path = pathOf(url);
    const type = TYPES[posix.extname(path)];
    if (type === undefined) return next();
    describedSite()
      .then((site) => {
        const text = describeArtifacts(site).get(path);
        if (text) response.setHeader('Content-Type', `${type}; charset=utf-8`).end(text());
        else next();
      })
      .catch(next);
  });
}

function watch(server: ViteDevServer, root: string): void {
  const folders = WATCHED.map((folder) => join(root, folder) + sep);
  let changes = 0;
  let tookMs = 0;
  let shown: string | undefined;
  /** All findings as text, empty when there are none. */
  let wrong = '';
  const tell = (client: Pick<HotChannelClient, 'send'>) =>
    client.send({ type: 'error', err: { message: wrong, stack: '', plugin: 'gate' } });
  const read = async () => {
    const change = ++changes;
    // The open page shows changed prose at once; on a large site, let that happen before rereading all content.
    await sleep(Math.min(tookMs, PAUSE_MS_MAX));
    if (change !== changes) return;
    const start = performance.now();
    const reading = readSite(root);
    if (shown === undefined) handOver(reading);
    try {
      const site = await reading;
      if (change !== changes) return;
      handOver(reading);
      const digest = digestOf(site);
      // A reload removes the overlay.
      if (wrong !== '' || (shown !== undefined && digest !== shown)) reloadPages(server);
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
  // Show findings on pages that are opened or reloaded as well.
  server.environments.client.hot.on('vite:client:connect', (_data, client) => {
    if (wrong !== '') tell(client);
  });
  server.watcher.add(folders);
  server.watcher.on('all', (_event, path) => {
    if (folders.some((folder) => path.startsWith(folder)) && !/[\\/]\.[^\\/]*$|\.test\.ts$/.test(path)) void read();
  });
  void read();
}

/** Digest of everything except prose, which Vite watches itself. */
function digestOf({ content }: DescribedSite): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...content, pages: content.pages.map((page) => ({ ...page, tree: undefined })) }))
    .digest('hex');
}

/** Makes Astro forget its list of pages, as when a collection changes, and reloads open pages. */
function reloadPages({ environments }: ViteDevServer): void {
  for (const { hot } of Object.values(environments)) hot.send('astro:content-changed', {});
  environments.client.hot.send({ type: 'full-reload', path: '*' });
}
