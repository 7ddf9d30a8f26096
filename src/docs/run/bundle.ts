/** A TypeScript file and its imports → one script for a browser. */
import { fileURLToPath } from 'node:url';

export interface BundleOptions {
  /** The project whose packages it imports. */
  root: string;
  /** Virtual modules: their code by specifier. */
  modules?: Readonly<Record<string, string>>;
}

/** Bundles `file` for browsers. Throws if it needs something that browsers do not have. */
export async function bundleScript(file: URL, { root, modules = {} }: BundleOptions): Promise<string> {
  const { build } = await import('vite');
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins: [
      {
        name: 'given-modules',
        enforce: 'pre',
        resolveId: (id: string) => (Object.hasOwn(modules, id) ? `\0${id}` : undefined),
        load: (id: string) => (id.startsWith('\0') ? modules[id.slice(1)] : undefined),
      },
    ],
    // The package reads the environment that the worker sets; the bundler would replace it with an empty object.
    define: { 'process.env': 'process.env', 'globalThis.process.env': 'globalThis.process.env' },
    build: {
      write: false,
      target: 'esnext',
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(file),
        // Keep the exports: the page imports them.
        preserveEntrySignatures: 'allow-extension',
        // Node modules stay external: no code that runs in the browser loads them.
        external: /^node:/,
        output: { codeSplitting: false },
      },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as unknown as { output: { code: string }[] };
  const [script] = output;
  if (!script) throw new Error(`Cannot bundle ${file.pathname}: the bundler produced no output, expected a script`);
  return script.code.trim();
}
