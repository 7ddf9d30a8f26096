/** Inside a thread: the project's modules are loaded anew for each program; those of node_modules are shared. */
import { type LoadHookSync, type ResolveHookSync, registerHooks } from 'node:module';

/** Ends the URL of a module that was loaded for one run. */
const RUN_MARK = '?run=';

/** The URL of a program's module in one run. */
export function moduleUrl(file: string, run: number): string {
  return `${file}${RUN_MARK}${run}`;
}

/**
 * From now on every module outside node_modules that a program imports, directly or not, is the program's own.
 * Finding and reading a module is done once for all runs: the disk is looked at only for what no run has imported
 * before, so that a thread must not outlive a change of the package.
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
      // Kept as text: bytes would be decoded again for every run.
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
