/** The profile folder of a running browser → the address of its debugging port. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const START_TIMEOUT_MS = 20_000;

export interface Debugger {
  port: number;
  /** Address of the browser itself. */
  debuggerUrl: string;
}

/** Waits until the browser has written its address. Throws after the time limit. */
export async function readDebugger(profile: string): Promise<Debugger> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const [port = '', path = ''] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')).split(
      '\n',
    );
    if (path !== '') return { port: Number(port), debuggerUrl: `ws://127.0.0.1:${port}${path}` };
    if (performance.now() > deadline)
      throw new Error(
        `Cannot measure pages: the browser did not open its debugging port within ${START_TIMEOUT_MS / 1000} seconds`,
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
