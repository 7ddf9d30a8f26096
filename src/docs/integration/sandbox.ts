/** A project → the page in which its programs run in a browser; undefined where none of them can. */
import type { Project } from '../options/index.ts';
import { buildSandbox } from '../run/index.ts';
import { canRunInPages } from '../snippets/index.ts';

export async function buildSandboxOf(project: Project): Promise<string | undefined> {
  // Its programs import the package as it is built.
  await project.package.build?.();
  if (!(await canRunInPages(project))) return undefined;
  return buildSandbox({ root: project.root, packageName: project.package.name, emulator: project.emulator });
}
