/** In a thread: loads the project's modules again for each snippet; modules in node_modules are shared. */
import { type LoadHookSync, type ResolveHookSync, registerHooks } from 'node:module';

/** Suffix of the URLs of modules that belong to one run. */
const RUN_MARK = '?run=';

/** The URL of a snippet's module in one run. */
export function moduleUrl(file: string, run: number): string {
  return `${file}${RUN_MARK}${run}`;
}

/**
 * Gives every snippet its own instances of all modules that it imports from outside node_modules.
 * Modules are resolved and read once for all runs, so that a thread must be closed when the
 * package changes.
 */
export function loadModulesAnew(presentRun: () => number | undefined): void {
  const resolutions = new Map<string, ReturnType<ResolveHookSync>>();
  const loads = new Map<string, ReturnType<LoadHookSync>>();

  const resolve: ResolveHookSync = (specifier, context, next) => {
    const [parent, run = presentRun()] = splitUrl(context.parentURL ?? '');
    const key = `${specifier}\0${parent}`;
    let resolution = resolutions.get(key);
    if (!resolution) {
      const [url, given] = splitUrl(specifier);
      resolution = { ...next(given === undefined ? specifier : url, context), shortCircuit: true };
      resolutions.set(key, resolution);
    }
    const { url } = resolution;
    if (!url.startsWith('file:') || url.includes('/node_modules/')) return resolution;
    return { ...resolution, url: `${url}${RUN_MARK}${splitUrl(specifier)[1] ?? run}` };
  };

  const load: LoadHookSync = (url, context, next) => {
    const [file, run] = splitUrl(url);
    if (run === undefined) return next(url, context);
    let loaded = loads.get(file);
    if (!loaded) {
      const { source, ...rest } = next(file, context);
      // Cache as text: bytes would be decoded again for every run.
      const text =
        typeof source === 'string' || source === undefined || source === null
          ? source
          : new TextDecoder().decode(source);
      loaded = { ...rest, source: text, shortCircuit: true } as ReturnType<LoadHookSync>;
      loads.set(file, loaded);
    }
    return loaded;
  };

  registerHooks({ resolve, load });
}

function splitUrl(url: string): [file: string, run: number | undefined] {
  const at = url.indexOf(RUN_MARK);
  return at === -1 ? [url, undefined] : [url.slice(0, at), Number(url.slice(at + RUN_MARK.length))];
}
