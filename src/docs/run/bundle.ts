/** A file of TypeScript with all it imports → one script for a browser. */
import { fileURLToPath } from 'node:url';

export interface BundleOptions {
  /** The project whose packages it imports. */
  root: string;
  /** Modules that are on no disk: their code by the name that imports them. */
  modules?: Readonly<Record<string, string>>;
}

/** Bundles `file` for browsers. Throws where it needs what no browser has. */
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
    // The package reads the environment that the worker makes; a bundler for pages would take it for an empty one.
    define: { 'process.env': 'process.env', 'globalThis.process.env': 'globalThis.process.env' },
    build: {
      write: false,
      target: 'esnext',
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(file),
        // What a script exports is for the page that imports it.
        preserveEntrySignatures: 'allow-extension',
        // What a browser does not have is loaded by nothing that runs in one.
        external: /^node:/,
        output: { codeSplitting: false },
      },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as unknown as { output: { code: string }[] };
  const [script] = output;
  if (!script) throw new Error(`Cannot bundle ${file.pathname}: nothing came of it, expected a script`);
  return script.code.trim();
}
