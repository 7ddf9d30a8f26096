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

/**
 * `without` names modules from which nothing is needed: what they export does nothing. Throws where it cannot be made
 * one file.
 */
export async function bundleScript(file: URL, without?: RegExp): Promise<string> {
  const { entry, others } = await bundle(file, { without });
  if (others.length > 0)
    throw new Error(
      `Cannot bundle ${file.pathname}: it imports ${others.map(({ fileName }) => fileName).join(', ')}, one file is wanted`,
    );
  return entry.code;
}

/**
 * What is imported by `import()` becomes a part: text of an asynchronous function that is given `loadPart`, and gives
 * what the module exports. `loadPart.entry` is what the parts take from the script itself. `instead` has modules that
 * take
 * the place of packages, by name. Small costs more time than it is worth elsewhere: here, a reader waits for each byte.
 */
export async function bundleParts(file: URL, instead: Record<string, URL> = {}): Promise<PartedScript> {
  const { entry, others } = await bundle(file, { instead, small: true });
  if (entry.imports.length > 0)
    throw new Error(
      `Cannot part ${file.pathname}: it needs ${entry.imports.join(', ')} to begin, no part is wanted there`,
    );
  const names = [entry, ...others].map((chunk) => nameOf(chunk));
  // Nothing else in quotes is a part, whatever it looks like.
  const from = `[\`'"]\\./(${names.join('|')})\\.js[\`'"]`;
  const take = (name: string) => (name === nameOf(entry) ? 'loadPart.entry' : `await loadPart("${name}")`);
  const link = (code: string) =>
    code
      .replaceAll(
        new RegExp(`\\bimport\\{([^}]*)\\}from${from};?`, 'g'),
        (_, taken: string, name: string) => `const{${taken.replaceAll(' as ', ':')}}=${take(name)};`,
      )
      .replaceAll(new RegExp(`\\bimport\\(${from}\\)`, 'g'), 'loadPart("$1")');
  const give = (code: string, place: string) =>
    code.replace(
      /\bexport\{([^}]*)\};?$/,
      (_, given: string) => `${place}{${given.replaceAll(/([\w$]+) as ([\w$]+)/g, '$2:$1')}}`,
    );
  const script = {
    entry: give(link(entry.code), 'loadPart.entry='),
    parts: new Map(others.map((chunk) => [nameOf(chunk), give(link(chunk.code), 'return')])),
  };
  for (const code of [script.entry, ...script.parts.values()]) {
    const [left] = new RegExp(`.{0,40}${from}`).exec(code) ?? [];
    if (left !== undefined)
      throw new Error(`Cannot part ${file.pathname}: ${left} is left, imports of names are wanted`);
  }
  return script;
}

function nameOf({ fileName }: Chunk): string {
  return fileName.replace(/^.*\/|\.js$/g, '');
}

async function bundle(
  file: URL,
  {
    without,
    instead = {},
    small = false,
  }: { without?: RegExp | undefined; instead?: Record<string, URL>; small?: boolean },
): Promise<{ entry: Chunk; others: Chunk[] }> {
  const { build } = await import('vite');
  const built = await build({
    root: fileURLToPath(new URL('../../', import.meta.url)),
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    resolve: { alias: Object.entries(instead).map(([find, module]) => ({ find, replacement: fileURLToPath(module) })) },
    plugins: [
      // Parts are handed over as text: there is no style or module to load ahead of them.
      {
        name: 'plain-import',
        transform: (_code: string, id: string) =>
          id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined,
      },
      ...(without
        ? [{ name: 'without', transform: (code: string, id: string) => (without.test(id) ? emptied(code) : undefined) }]
        : []),
    ],
    // The helpers read the environment that the worker makes; a bundler for pages would take it for an empty one.
    define: {
      'process.env': 'process.env',
      'globalThis.process.env': 'globalThis.process.env',
      'globalThis.Buffer': 'undefined',
      'globalThis.process.getBuiltinModule': 'undefined',
    },
    build: {
      write: false,
      target: 'esnext',
      ...(small && { minify: 'terser', terserOptions: { module: true, ecma: 2022, compress: { passes: 2 } } }),
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
  const names = [...code.matchAll(/^export (?:default )?(?:class|const|enum|function|let|var) (\w+)/gm)].map(
    ([line, name]) => (line.includes('default') ? 'default' : name),
  );
  return `const nothing = function () {};\n${[...new Set(names)].map((name) => `export { nothing as ${name} };`).join('\n')}\nexport default nothing;`.replace(
    'export { nothing as default };\n',
    '',
  );
}
