/** A project → its sandboxes: the page that runs examples in a browser, and those of the option `sandboxes`. */
import type { Project } from '../options/index.ts';
import { buildSandbox, buildScriptSandbox } from '../run/index.ts';
import { SANDBOX_FOLDER, SANDBOX_PATH } from '../serve/index.ts';
import { canRunInPages } from '../snippets/index.ts';

/** All of them, by address. */
export async function buildSandboxesOf(project: Project): Promise<Map<string, string>> {
  const addresses = [SANDBOX_PATH, ...Object.keys(project.sandboxes).map(addressOf)];
  const pages = await Promise.all(addresses.map((address) => buildSandboxAt(address, project)));
  return new Map(addresses.flatMap((address, index) => (pages[index] === undefined ? [] : [[address, pages[index]]])));
}

/** The page at an address; undefined if there is none, or if no example can run in a browser. */
export async function buildSandboxAt(address: string, project: Project): Promise<string | undefined> {
  if (address === SANDBOX_PATH) return buildExampleSandbox(project);
  const name = Object.keys(project.sandboxes).find((each) => addressOf(each) === address);
  return name === undefined ? undefined : buildScriptSandbox(project.sandboxes[name]!, project.root);
}

const addressOf = (name: string) => `${SANDBOX_FOLDER}${name}.html`;

async function buildExampleSandbox(project: Project): Promise<string | undefined> {
  // Examples import the built package.
  await project.package.build?.();
  if (!(await canRunInPages(project))) return undefined;
  return buildSandbox({ root: project.root, packageName: project.package.name, emulator: project.emulator });
}
