/** The emulator of a project → the API that its snippets call while they run. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../../findings/index.ts';
import type { Project } from '../../options/index.ts';

/** An API for snippets, which runs as long as they do. */
export interface ApiServer {
  /** Creates the environment variables for one snippet. */
  issueEnvironment: () => Promise<Readonly<Record<string, string>> | object>;
  close: () => Promise<void>;
}

/** Exports of an emulator's module; all but `startEmulator` are optional. */
export interface EmulatorModule<Server extends ApiServer = ApiServer> {
  startEmulator: () => Promise<Server>;
  /** An API without a server, for examples that run in a page. */
  createEmulator?: () => object;
  SCENARIOS?: Readonly<Record<string, { title: string }>>;
  issueScenario?: (server: Server, name: string) => Promise<Record<string, string>>;
}

/** Loads the emulator's module. Throws a `UsageError` if it does not export `startEmulator`. */
export async function importEmulator({ emulator }: Project): Promise<EmulatorModule | undefined> {
  if (emulator === undefined) return undefined;
  const module = (await import(/* @vite-ignore */ pathToFileURL(emulator).href)) as Partial<EmulatorModule>;
  if (typeof module.startEmulator === 'function') return module as EmulatorModule;
  throw new UsageError(`Cannot start the emulator: ${emulator} must export a function startEmulator()`);
}

/**
 * Whether examples of the project can run in the page: the emulator works without a server, and the package can be
 * imported by its name.
 */
export async function canRunInPages(project: Project): Promise<boolean> {
  if (!isImportable(project)) return false;
  const emulator = await importEmulator(project);
  return !emulator || typeof emulator.createEmulator === 'function';
}

/** Whether the package is installed, or is the project itself and exports something. */
function isImportable({ root, package: { name } }: Project): boolean {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', name))) return true;
    if (folder === dirname(folder)) break;
  }
  const manifest = join(root, 'package.json');
  if (!existsSync(manifest)) return false;
  const own = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string; exports?: unknown };
  return own.name === name && own.exports !== undefined;
}

/** Starts the project's API when a snippet first needs it. Without an emulator, environments are empty. */
export function openApi(project: Project): {
  issueEnvironment: () => Promise<Record<string, string>>;
  close: () => Promise<void>;
} {
  let api: Promise<ApiServer | undefined> | undefined;
  const start = () => (api ??= importEmulator(project).then((module) => module?.startEmulator()));
  return {
    issueEnvironment: async () => ({ ...(await (await start())?.issueEnvironment()) }) as Record<string, string>,
    close: async () => (await api)?.close(),
  };
}
