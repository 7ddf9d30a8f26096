/** A file of TypeScript with all it imports → one script for a browser. */
import { fileURLToPath } from 'node:url';

/** Throws where it cannot be made one file. */
export async function bundleScript(file: URL): Promise<string> {
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
      rolldownOptions: { input: fileURLToPath(file), external: /^node:/, preserveEntrySignatures: 'strict' },
    },
  });
  interface Chunk { code: string; imports: string[]; isEntry: boolean }
  const { output } = (Array.isArray(built) ? built[0] : built) as unknown as { output: Chunk[] };
  const entry = output.find(({ isEntry }) => isEntry);
  if (!entry || entry.imports.length > 0) throw new Error(`Cannot bundle ${file.pathname}: it imports ${entry?.imports.join(', ')}, one file is wanted`);
  return entry.code.trim();
}
