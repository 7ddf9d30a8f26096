/** A project → the sandbox page that runs its examples in a browser; undefined if none can run there. */
import type { Project } from '../options/index.ts';
import { buildSandbox } from '../run/index.ts';
import { canRunInPages } from '../snippets/index.ts';

export async function buildSandboxOf(project: Project): Promise<string | undefined> {
  // Examples import the built package.
  await project.package.build?.();
  if (!(await canRunInPages(project))) return undefined;
  return buildSandbox({ root: project.root, packageName: project.package.name, emulator: project.emulator });
}
