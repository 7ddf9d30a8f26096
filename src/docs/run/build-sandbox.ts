/** The package that programs import and the API they talk to → the sandbox that runs them, as one static page. */
import { bundleScript } from './bundle.ts';

export interface SandboxOptions {
  /** The project that has the package. */
  root: string;
  /** The package that programs import, as readers install it. */
  packageName: string;
  /** File of the module that exports `createEmulator`; undefined where programs talk to no API. */
  emulator: string | undefined;
}

/** Builds the page: one script, and as text the worker it starts. */
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
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title>';
  return `${head}<script type="text/plain" id="worker">${inScript(worker)}</script><script>${inScript(sandbox)}</script></html>`;
}

function inScript(code: string): string {
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
