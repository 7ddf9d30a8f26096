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
  export function createEmulator(): Emulator;

  /** Creates an environment in the given scenario. */
  export function issueScenario(
    emulator: Omit<Emulator, 'issueEnvironment'> & {
      issueEnvironment(options?: object): Promise<Record<string, string>>;
    },
    name: string,
  ): Promise<Record<string, string>>;
}
