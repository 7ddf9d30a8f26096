/** The package that snippets import and the API they call → the sandbox that runs them, as one static page. */
import { pathToFileURL } from 'node:url';
import { bundleScript } from './bundle.ts';

export interface SandboxOptions {
  /** Root of the project with the package. */
  root: string;
  /** The package that snippets import, by its published name. */
  packageName: string;
  /** File of the module that exports `createEmulator`; undefined if snippets call no API. */
  emulator: string | undefined;
}

/** Builds the page: one script, and the source of the worker that it starts. */
export async function buildSandbox({ root, packageName, emulator }: SandboxOptions): Promise<string> {
  const subject = [
    `export * as exported from ${JSON.stringify(packageName)};`,
    ...(emulator === undefined
      ? ['export const createEmulator = undefined, issueScenario = undefined;']
      : [
          `import * as emulator from ${JSON.stringify(emulator)};`,
          'export const createEmulator = emulator.createEmulator;',
          'export const issueScenario = emulator.issueScenario;',
        ]),
    `export const packageName = ${JSON.stringify(packageName)};`,
  ].join('\n');
  const [sandbox, worker] = await Promise.all([
    bundleScript(new URL('sandbox.ts', import.meta.url), { root }),
    bundleScript(new URL('worker.ts', import.meta.url), { root, modules: { 'virtual:subject': subject } }),
  ]);
  return `${HEAD}<script type="text/plain" id="worker">${inScript(worker)}</script><script>${inScript(sandbox)}</script></html>`;
}

const HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title>';

/** Builds a page with one script of the project. */
export async function buildScriptSandbox(file: string, root: string): Promise<string> {
  const script = await bundleScript(pathToFileURL(file), { root });
  return `${HEAD}<script type="module">${inScript(script)}</script></html>`;
}

function inScript(code: string): string {
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
