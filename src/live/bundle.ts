/** A file of TypeScript with all it imports → one script for a browser. */
import { fileURLToPath } from 'node:url';

/** `without` names modules from which nothing is needed: what they export does nothing. Throws where it cannot be made one file. */
export async function bundleScript(file: URL, without?: RegExp): Promise<string> {
  const { build } = await import('vite');
  const built = await build({
    root: fileURLToPath(new URL('../../', import.meta.url)),
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins: without ? [{ name: 'without', transform: (code: string, id: string) => (without.test(id) ? emptied(code) : undefined) }] : [],
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

/** The same exports, each of nothing. */
function emptied(code: string): string {
  const names = [...code.matchAll(/^export (?:default )?(?:class|const|enum|function|let|var) (\w+)/gm)].map(([line, name]) => (line.includes('default') ? 'default' : name));
  return `const nothing = function () {};\n${[...new Set(names)].map((name) => `export { nothing as ${name} };`).join('\n')}\nexport default nothing;`.replace('export { nothing as default };\n', '');
}
