/** What `build-sandbox.ts` tells the worker about the subject of the site. */
declare module 'virtual:subject' {
  /** The package that programs import, by its name, and all it exports. */
  export const packageName: string;
  export const exported: Readonly<Record<string, unknown>>;

  /** An API without a server: it answers requests in the same process. */
  export interface Emulator {
    fetch(request: Request): Promise<Response>;
    issueEnvironment(origin: string, options?: object): Promise<Record<string, string>>;
  }
  /** Undefined where programs talk to no API. */
  export const createEmulator: (() => Emulator) | undefined;

  /** Gives an environment of its own, in which the scenario is the case; undefined where there are none. */
  export const issueScenario:
    | ((
        emulator: Omit<Emulator, 'issueEnvironment'> & {
          issueEnvironment(options?: object): Promise<Record<string, string>>;
        },
        name: string,
      ) => Promise<Record<string, string>>)
    | undefined;
}
