/** The door: the sandbox as one HTML page, and programs as the sandbox runs them. */
import { type PartedScript, bundleParts, bundleScript } from './bundle.ts';

export type { Exchange, Expected, Part, RunReport, RunRequest } from './messages.ts';
export { bundleScript } from './bundle.ts';

/** What programs run in: the files of one folder. */
export interface Sandbox {
  /** A static page: one script, and as text the worker it starts. */
  page: string;
  /** By name, what the worker asks the page around the sandbox for, once a program needs it. */
  parts: PartedScript['parts'];
}

/** What takes the place of packages: the helpers by their sources, since one module cannot be parted. */
const INSTEAD = {
  'authkit-session-helpers': new URL('../sdk/index.ts', import.meta.url),
  '#iron': new URL('iron.ts', import.meta.url),
};

/** Built from the helpers for browsers and the emulator. */
export async function buildSandbox(): Promise<Sandbox> {
  const [sandbox, worker] = await Promise.all([
    bundleScript(new URL('sandbox.ts', import.meta.url)),
    bundleParts(new URL('worker.ts', import.meta.url), INSTEAD),
  ]);
  return { page: describePage(sandbox, worker.entry), parts: worker.parts };
}

function describePage(sandbox: string, worker: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title><script type="text/plain" id="worker">${inScript(worker)}</script><script>${inScript(sandbox)}</script></html>`;
}

function inScript(code: string): string {
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
