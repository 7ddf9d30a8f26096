/** The door: the sandbox as one HTML page, and programs as the sandbox runs them. */
import { fileURLToPath } from 'node:url';

export type { RunReport, RunRequest } from './messages.ts';
export { toRunnable } from './program.ts';

/** A static page: one script, and as text the worker it starts. Built from the helpers' browser build and the emulator. */
export async function buildSandbox(): Promise<string> {
  const [sandbox, worker] = await Promise.all([bundle('sandbox.ts'), bundle('worker.ts')]);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title><script type="text/plain" id="worker">${inScript(worker)}</script><script>${inScript(sandbox)}</script></html>`;
}

async function bundle(name: string): Promise<string> {
  const { build } = await import('vite');
  const built = await build({
    root: fileURLToPath(new URL('../../', import.meta.url)),
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    // The helpers read the environment that the worker makes; a bundler for pages would take it for an empty one.
    define: { 'process.env': 'process.env', 'globalThis.process.env': 'globalThis.process.env' },
    build: {
      write: false,
      target: 'es2024',
      modulePreload: false,
      // The emulator's server is loaded by nobody here.
      rolldownOptions: { input: fileURLToPath(new URL(name, import.meta.url)), external: /^node:/ },
    },
  });
  interface Chunk { code: string; imports: string[]; isEntry: boolean }
  const { output } = (Array.isArray(built) ? built[0] : built) as unknown as { output: Chunk[] };
  const entry = output.find(({ isEntry }) => isEntry);
  if (!entry || entry.imports.length > 0) throw new Error(`Cannot build the sandbox: ${name} imports ${entry?.imports.join(', ')}, one file is wanted`);
  return entry.code.trim();
}

function inScript(code: string): string {
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
