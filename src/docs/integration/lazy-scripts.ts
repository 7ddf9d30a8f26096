/** What a page loads only once it is asked for: each a script of its own, at an address that its name gives. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../options/index.ts';
import { bundleScript } from '../run/index.ts';

/** By name; `page.client.ts` loads them. */
const SCRIPTS: Record<string, string> = {
  edit: 'code/edit.client.ts',
  hover: 'code/hover.client.ts',
  run: 'code/run.client.ts',
  search: 'search/search.client.ts',
};

/** Address of the folder they lie in. */
export const SCRIPTS_PATH = '/scripts';

/** All of them, by name. */
export async function buildLazyScripts(project: Project): Promise<Map<string, string>> {
  return new Map(
    await Promise.all(
      Object.entries(SCRIPTS).map(async ([name, file]) => [name, await bundle(file, project)] as const),
    ),
  );
}

/** Writes `scripts` into the built site in `folder`. */
export async function writeLazyScripts(folder: string, scripts: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(join(folder, SCRIPTS_PATH), { recursive: true });
  for (const [name, script] of scripts) await writeFile(join(folder, SCRIPTS_PATH, `${name}.js`), script);
}

/** The script named, or undefined where there is none. */
export async function buildLazyScript(name: string, project: Project): Promise<string | undefined> {
  return Object.hasOwn(SCRIPTS, name) ? bundle(SCRIPTS[name]!, project) : undefined;
}

function bundle(file: string, { root, errorsPage }: Project): Promise<string> {
  const modules = { 'virtual:docs/errors': `export const errorsPage = ${JSON.stringify(errorsPage)};` };
  return bundleScript(new URL(`../theme/${file}`, import.meta.url), { root, modules });
}
