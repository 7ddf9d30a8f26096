/** The door: the sandbox as one HTML page, and programs as the sandbox runs them. */
import { bundleScript } from './bundle.ts';

export type { Exchange, Expected, RunReport, RunRequest } from './messages.ts';
export { bundleScript } from './bundle.ts';
export { toRunnable } from './program.ts';

/** A static page: one script, and as text the worker it starts. Built from the helpers' browser build and the emulator. */
export async function buildSandbox(): Promise<string> {
  const [sandbox, worker] = await Promise.all([bundleScript(new URL('sandbox.ts', import.meta.url)), bundleScript(new URL('worker.ts', import.meta.url))]);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title><script type="text/plain" id="worker">${inScript(worker)}</script><script>${inScript(sandbox)}</script></html>`;
}

function inScript(code: string): string {
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
