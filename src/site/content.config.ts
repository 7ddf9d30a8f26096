/** The gate: what is in content/ and snippets/ becomes entries here, or stops the build with every finding. */
import { defineCollection } from 'astro:content';
import { fileURLToPath } from 'node:url';
import type { Loader } from 'astro/loaders';
import { FindingsError, formatFindings } from '../findings/index.ts';
import { unchangedHere } from '../snippets/index.ts';
import { FINDINGS_CHANNEL } from './findings-channel.ts';
import { type Content, readContent } from './gate/index.ts';

type LoaderContext = Parameters<Loader['load']>[0];

let reading: Promise<Content> | undefined;

/** Reads the content once for all collections of a load. */
function content(context: LoaderContext): Promise<Content> {
  reading ??= readContent(fileURLToPath(context.config.root), { unchanged: unchangedHere() }).then((read) => {
    if (read.findings.length > 0) throw new FindingsError(read.findings, formatFindings(read.findings));
    return read;
  });
  return reading;
}

/** What puts the content into each collection's store. */
const stores = new Map<string, (content: Content) => void>();

type StoreEntry = Parameters<LoaderContext['store']['set']>[0];

/** A loader that fills its store from the content, and again whenever an author changes it. */
function fromContent(name: string, describeEntries: (content: Content) => StoreEntry[]): Loader {
  return {
    name,
    load: async (context) => {
      const { store, generateDigest } = context;
      const refill = (read: Content) => {
        const entries = describeEntries(read);
        const ids = new Set(entries.map(({ id }) => id));
        for (const id of store.keys()) if (!ids.has(id)) store.delete(id);
        // An entry with the digest it had stays as it is.
        for (const entry of entries) store.set({ ...entry, digest: generateDigest(entry.data) });
      };
      refill(await content(context));
      if (stores.size === 0) watch(context);
      stores.set(name, refill);
    },
  };
}

/** What the content depends on: the programs run on the helpers. */
const WATCHED = ['content', 'snippets', 'src/sdk'];

/** Reads the content anew when a file of it changes. On findings the pages stay as they were, and an open page shows them. */
function watch(context: LoaderContext): void {
  const { watcher, logger } = context;
  if (!watcher) return;
  const folders = WATCHED.map((folder) => fileURLToPath(new URL(`${folder}/`, context.config.root)));
  const channel = new BroadcastChannel(FINDINGS_CHANNEL);
  watcher.add(folders);
  watcher.on('all', (_event, path) => {
    if (!folders.some((folder) => path.startsWith(folder)) || /[\\/]\.[^\\/]*$|\.test\.ts$/.test(path)) return;
    reading = undefined;
    content(context).then(
      (read) => {
        stores.forEach((refill) => refill(read));
        channel.postMessage('');
      },
      (error: Error) => {
        logger.error(error.message);
        channel.postMessage(error.message);
      },
    );
  });
}

const pages = defineCollection({
  loader: fromContent('pages', ({ pages }) =>
    pages.map((page) => ({ id: page.path, data: { ...page }, filePath: page.file, deferredRender: true })),
  ),
});

const sections = defineCollection({
  loader: fromContent('sections', ({ sections }) =>
    sections.map((section, index) => ({ id: String(index).padStart(4, '0'), data: { ...section } })),
  ),
});

const snippets = defineCollection({
  loader: fromContent('snippets', ({ snippets }) => snippets.map((snippet) => ({ id: snippet.id, data: { ...snippet } }))),
});

export const collections = { pages, sections, snippets };
