/** The package and the emulator of this site, as `build-sandbox.ts` passes them to the worker. */
declare module 'virtual:subject' {
  /** Name and exports of the package that snippets import. */
  export const packageName: string;
  export const exported: Readonly<Record<string, unknown>>;

  /** An API that answers requests in the same process, without a server. */
  export interface Emulator {
    fetch(request: Request): Promise<Response>;
    issueEnvironment(origin: string, options?: object): Promise<Record<string, string>>;
  }
  /** Undefined if snippets call no API. */
  export const createEmulator: (() => Emulator) | undefined;

  /** Creates an environment in the given scenario; undefined if there are no scenarios. */
  export const issueScenario:
    | ((
        emulator: Omit<Emulator, 'issueEnvironment'> & {
          issueEnvironment(options?: object): Promise<Record<string, string>>;
        },
        name: string,
      ) => Promise<Record<string, string>>)
    | undefined;
}
