/** For authors: rereads the site when a file changes; open pages then show the change, or the findings. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HotChannelClient, ViteDevServer } from 'vite';
import { SEARCH_PATH, describeArtifacts, describeSearchFiles } from '../artifacts/index.ts';
import { type DescribedSite, readSite } from '../describe/index.ts';
import { formatFindings } from '../findings/index.ts';
import { type Project, withoutBase } from '../options/index.ts';
import { SANDBOX_FOLDER, pathOf, sendFileAt } from '../serve/index.ts';
import { SCRIPTS_PATH, buildLazyScript } from './lazy-scripts.ts';
import { buildSandboxAt } from './sandbox.ts';
import { describedSite, handOver } from './state.ts';

/** Upper limit of the pause after a change, in milliseconds; below it, the pause is as long as the last read took. */
const PAUSE_MS_MAX = 2_000;

/** Serves pages from the last state of the project without findings. */
export function authoring(server: ViteDevServer, project: Project): void {
  serveScripts(server, project);
  serveArtifacts(server, project);
  serveFiles(server, project);
  serveBeside(server, project);
  watch(server, project);
}

/** The sandboxes and the lazy scripts, rebuilt for each request. */
function serveScripts({ middlewares }: ViteDevServer, project: Project): void {
  middlewares.use((request, response, next) => {
    const path = withoutBase(pathOf(request.url ?? ''), project.base) ?? '';
    if (!path.startsWith(SANDBOX_FOLDER)) return next();
    buildSandboxAt(path, project).then(
      (page) => (page === undefined ? next() : response.setHeader('Content-Type', 'text/html').end(page)),
      next,
    );
  });
  middlewares.use(project.base + SCRIPTS_PATH, ({ url = '' }, response, next) => {
    const name = url.slice(1).replace(/\.js$/, '');
    buildLazyScript(name, project).then(
      (script) => (script === undefined ? next() : response.setHeader('Content-Type', 'text/javascript').end(script)),
      next,
    );
  });
}

/** Media types of the files beside the pages. */
const TYPES: Record<string, string> = { '.json': 'application/json', '.md': 'text/markdown', '.txt': 'text/plain' };

function serveArtifacts({ middlewares }: ViteDevServer, { root, base }: Project): void {
  middlewares.use(({ url = '' }, response, next) => {
    const path = withoutBase(pathOf(url), base) ?? '';
    const type = TYPES[posix.extname(path)];
    if (type === undefined) return next();
    describedSite(root)
      .then(async (site) => {
        const text = path.startsWith(SEARCH_PATH)
          ? (await describeSearchFiles(site)).get(path)
          : describeArtifacts(site).get(path)?.();
        if (text === undefined) next();
        else response.setHeader('Content-Type', `${type}; charset=utf-8`).end(text);
      })
      .catch(next);
  });
}

/** The files that the project adds to the site, written again for each request. */
function serveFiles({ middlewares }: ViteDevServer, { root, base, files }: Project): void {
  middlewares.use((request, response, next) => {
    const path = withoutBase(pathOf(request.url ?? ''), base) ?? '';
    const write = files[path];
    if (!write) return next();
    const file = join(root, 'build/dev', path);
    mkdir(dirname(file), { recursive: true })
      .then(() => write(file))
      .then(() => readFile(file))
      .then((bytes) => response.setHeader('Content-Type', 'application/octet-stream').end(bytes), next);
  });
}

/** Files beside the pages, and former paths of pages. */
function serveBeside({ middlewares }: ViteDevServer, { root, base }: Project): void {
  middlewares.use((request, response, next) => {
    describedSite(root)
      .then(({ content: { files, besideFiles, redirects } }) => {
        const path = decodeURI(withoutBase(pathOf(request.url ?? ''), base) ?? '');
        const to = redirects.get(path);
        if (to !== undefined) response.writeHead(302, { Location: base + encodeURI(to) }).end();
        else if (besideFiles.has(path)) sendFileAt(files.get(path) ?? '', request, response);
        else next();
      })
      .catch(() => next());
  });
}

function watch(server: ViteDevServer, project: Project): void {
  const { root, content, snippets } = project;
  // Snippets import the package.
  const folders = [content, snippets, dirname(project.package.source)].map((folder) => join(root, folder) + sep);
  let changes = 0;
  let tookMs = 0;
  let shown: string | undefined;
  let warned = '';
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
    const reading = readSite(project, { drafts: 'shown' });
    if (shown === undefined) handOver(root, reading);
    try {
      const site = await reading;
      if (change !== changes) return;
      handOver(root, reading);
      const digest = digestOf(site);
      const warnings = site.content.findings.length === 0 ? '' : formatFindings(site.content.findings);
      if (warnings !== warned) server.config.logger.warn(warnings || 'No warnings.');
      warned = warnings;
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
  // Until it was read once without findings there are no pages; a page in their place says why, and reloads itself.
  server.middlewares.use((request, response, next) => {
    if (shown !== undefined || !request.headers.accept?.includes('text/html')) return next();
    describedSite(root).then(
      () => next(),
      (error: Error) => {
        response.writeHead(500, { 'Content-Type': 'text/html; charset=utf-8' }).end(pageOf(error.message));
      },
    );
  });
  server.watcher.add(folders);
  server.watcher.on('all', (_event, path) => {
    if (folders.some((folder) => path.startsWith(folder)) && !/[\\/]\.[^\\/]*$|\.test\.ts$/.test(path)) void read();
  });
  void read();
}

/** Served for every address as long as nothing was read. */
function pageOf(findings: string): string {
  const text = findings.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Findings</title>';
  return `${head}<script type="module" src="/@vite/client"></script><pre>${text}</pre></html>`;
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
