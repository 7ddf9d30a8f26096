/** The gate: what is in content/ and snippets/ is handed over to the pages, or stops the build with every finding. */
import { defineCollection } from 'astro:content';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Loader } from 'astro/loaders';
import { FindingsError, formatFindings } from '../findings/index.ts';
import { unchangedHere } from '../snippets/index.ts';
import { FINDINGS_CHANNEL } from './findings-channel.ts';
import { type Content, readContent } from './gate/index.ts';
import { handOver } from './site.ts';

type LoaderContext = Parameters<Loader['load']>[0];

/** What the content depends on: the programs run on the helpers. */
const WATCHED = ['content', 'snippets', 'src/sdk'];

async function readSound(root: string): Promise<Content> {
  const content = await readContent(root, { unchanged: unchangedHere() });
  if (content.findings.length > 0) throw new FindingsError(content.findings, formatFindings(content.findings));
  return content;
}

/** The store holds what Astro needs to find a page's text, and tells by a digest when there is more to draw anew than prose, which it sees itself. */
function fill({ store, generateDigest }: LoaderContext, content: Content): void {
  handOver(content);
  const paths = new Set(content.pages.map(({ path }) => path));
  for (const path of store.keys()) if (!paths.has(path)) store.delete(path);
  const snippets = generateDigest(JSON.stringify(content.snippets));
  for (const page of content.pages) {
    const digest = generateDigest(`${snippets}${JSON.stringify({ ...page, text: '' })}`);
    // An entry with the digest it had stays as it is.
    store.set({ id: page.path, data: { digest }, digest });
  }
}

let watching = false;

/** Reads the content anew when a file of it changes. On findings the pages stay as they were, and an open page shows them. */
function watch(context: LoaderContext, root: string): void {
  const { watcher, logger } = context;
  if (!watcher || watching) return;
  watching = true;
  const folders = WATCHED.map((folder) => fileURLToPath(new URL(`${folder}/`, context.config.root)));
  const channel = new BroadcastChannel(FINDINGS_CHANNEL);
  let changes = 0;
  let tookMs = 0;
  const readAnew = async () => {
    const change = ++changes;
    // The open page shows changed prose at once; on a large site it comes before all of the content is read again.
    await sleep(tookMs);
    if (change !== changes) return;
    const start = performance.now();
    try {
      const content = await readSound(root);
      if (change !== changes) return;
      fill(context, content);
      channel.postMessage('');
    } catch (error) {
      if (change !== changes) return;
      logger.error((error as Error).message);
      channel.postMessage((error as Error).message);
    } finally {
      tookMs = performance.now() - start;
    }
  };
  watcher.add(folders);
  watcher.on('all', (_event, path) => {
    if (folders.some((folder) => path.startsWith(folder)) && !/[\\/]\.[^\\/]*$|\.test\.ts$/.test(path)) void readAnew();
  });
}

const pages = defineCollection({
  loader: {
    name: 'pages',
    load: async (context) => {
      const root = fileURLToPath(context.config.root);
      fill(context, await readSound(root));
      watch(context, root);
    },
  },
});

export const collections = { pages };
