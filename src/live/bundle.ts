/** A file of TypeScript with all it imports → scripts for a browser: one, or one and the parts that it loads later. */
import { fileURLToPath } from 'node:url';

/** A script, and by name those that `loadPart` of its surroundings is asked for. */
export interface PartedScript {
  entry: string;
  parts: ReadonlyMap<string, string>;
}

interface Chunk {
  code: string;
  fileName: string;
  imports: string[];
  isEntry: boolean;
}

/** `without` names modules from which nothing is needed: what they export does nothing. Throws where it cannot be made one file. */
export async function bundleScript(file: URL, without?: RegExp): Promise<string> {
  const { entry, others } = await bundle(file, without);
  if (others.length > 0) throw new Error(`Cannot bundle ${file.pathname}: it imports ${others.map(({ fileName }) => fileName).join(', ')}, one file is wanted`);
  return entry.code;
}

/**
 * What is imported by `import()` becomes a part: text of an asynchronous function that is given `loadPart`, and gives
 * what the module exports. `loadPart.entry` is what the parts take from the script itself.
 */
export async function bundleParts(file: URL): Promise<PartedScript> {
  const { entry, others } = await bundle(file);
  const link = (code: string) =>
    code
      .replaceAll(/\bimport\{([^}]*)\}from[`'"]\.\/([\w-]+)\.js[`'"];?/g, (_, names: string, from: string) => `const{${names.replaceAll(' as ', ':')}}=${from === nameOf(entry) ? 'loadPart.entry' : `await loadPart("${from}")`};`)
      .replaceAll(/\bimport\([`'"]\.\/([\w-]+)\.js[`'"]\)/g, 'loadPart("$1")');
  const exportAs = (code: string, place: string) => code.replace(/\bexport\{([^}]*)\};?$/, (_, names: string) => `${place}{${names.replaceAll(/([\w$]+) as ([\w$]+)/g, '$2:$1')}}`);
  const script = { entry: exportAs(link(entry.code), 'loadPart.entry='), parts: new Map(others.map((chunk) => [nameOf(chunk), exportAs(link(chunk.code), 'return')])) };
  for (const code of [script.entry, ...script.parts.values()]) {
    const left = /\bimport\b[^;'"`]*['"`]\.\/.{0,40}|\bexport\s*[{*][^}]*\}?;?$/.exec(code);
    if (left) throw new Error(`Cannot part ${file.pathname}: "${left[0]}" is left, imports and exports of names are wanted`);
  }
  return script;
}

function nameOf({ fileName }: Chunk): string {
  return fileName.replace(/^.*\/|\.js$/g, '');
}

async function bundle(file: URL, without?: RegExp): Promise<{ entry: Chunk; others: Chunk[] }> {
  const { build } = await import('vite');
  const built = await build({
    root: fileURLToPath(new URL('../../', import.meta.url)),
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins: [
      // Parts are handed over as text: there is no style or module to load ahead of them.
      { name: 'plain-import', transform: (_code: string, id: string) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined) },
      ...(without ? [{ name: 'without', transform: (code: string, id: string) => (without.test(id) ? emptied(code) : undefined) }] : []),
    ],
    // The helpers read the environment that the worker makes; a bundler for pages would take it for an empty one.
    define: { 'process.env': 'process.env', 'globalThis.process.env': 'globalThis.process.env', 'globalThis.Buffer': 'undefined' },
    build: {
      write: false,
      target: 'esnext',
      modulePreload: false,
      // The emulator's server is loaded by nobody here.
      rolldownOptions: { input: fileURLToPath(file), external: /^node:/, preserveEntrySignatures: 'allow-extension' },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as unknown as { output: Chunk[] };
  const chunks = output.map((chunk) => ({ ...chunk, code: chunk.code.trim() }));
  const entry = chunks.find(({ isEntry }) => isEntry);
  if (!entry) throw new Error(`Cannot bundle ${file.pathname}: nothing comes of it, a script is wanted`);
  return { entry, others: chunks.filter((chunk) => chunk !== entry) };
}

/** The same exports, each of nothing. */
function emptied(code: string): string {
  const names = [...code.matchAll(/^export (?:default )?(?:class|const|enum|function|let|var) (\w+)/gm)].map(([line, name]) => (line.includes('default') ? 'default' : name));
  return `const nothing = function () {};\n${[...new Set(names)].map((name) => `export { nothing as ${name} };`).join('\n')}\nexport default nothing;`.replace('export { nothing as default };\n', '');
}
