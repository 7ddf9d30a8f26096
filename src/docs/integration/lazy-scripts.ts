/** The scripts that a page loads on demand, those of the engine and of the project, each bundled at an address with its name. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Project } from '../options/index.ts';
import { bundleScript } from '../run/index.ts';

/** Source files of the engine by name; `page.client.ts` loads them. */
const SCRIPTS: Record<string, string> = {
  edit: 'code/edit.client.ts',
  hover: 'code/hover.client.ts',
  run: 'code/run.client.ts',
  search: 'search/search.client.ts',
};

/** Address of their folder. */
export const SCRIPTS_PATH = '/scripts';

/** Bundles all of them; returns the code by name. */
export async function buildLazyScripts(project: Project): Promise<Map<string, string>> {
  return new Map(
    await Promise.all(
      Object.entries(filesOf(project)).map(async ([name, file]) => [name, await bundle(file, project)] as const),
    ),
  );
}

/** Writes `scripts` into the built site in `folder`. */
export async function writeLazyScripts(folder: string, scripts: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(join(folder, SCRIPTS_PATH), { recursive: true });
  for (const [name, script] of scripts) await writeFile(join(folder, SCRIPTS_PATH, `${name}.js`), script);
}

/** The code of one script, or undefined if the name is unknown. */
export async function buildLazyScript(name: string, project: Project): Promise<string | undefined> {
  const files = filesOf(project);
  return Object.hasOwn(files, name) ? bundle(files[name]!, project) : undefined;
}

function filesOf({ scripts }: Project): Record<string, URL> {
  const own = Object.entries(SCRIPTS).map(
    ([name, file]) => [name, new URL(`../theme/${file}`, import.meta.url)] as const,
  );
  const added = Object.entries(scripts).map(([name, file]) => [name, pathToFileURL(file)] as const);
  return Object.fromEntries([...own, ...added]);
}

function bundle(file: URL, { root, base, errorsPage }: Project): Promise<string> {
  const modules = {
    'virtual:docs/addresses': [
      `export const base = ${JSON.stringify(base)};`,
      `export const errorsPage = ${JSON.stringify(errorsPage && base + errorsPage)};`,
    ].join('\n'),
  };
  return bundleScript(file, { root, modules });
}
