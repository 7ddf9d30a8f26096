/** Inside a thread: standard output and standard error → pieces of text with the line that wrote them. */

/** Frames looked through for the program's own line; a log call inside a library may lie deep. */
const FRAMES_MAX = 50;

/** Told about everything written. */
export interface OutputListener {
  /** `where` gives the line of the program at `url`, counted from 1, that is writing right now. */
  wrote(stream: 'stdout' | 'stderr', text: string, bytes: number, where: (url: string) => number | undefined): void;
}

/** From now on nothing reaches the streams; `listener` gets it instead. `console` writes to the same streams. */
export function captureOutput(listener: OutputListener): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    let decoder = new TextDecoder();
    process[stream].write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
      if (typeof chunk === 'string') decoder = new TextDecoder();
      listener.wrote(stream, text, Buffer.byteLength(chunk), lineNow);
      const done = rest.findLast((argument) => typeof argument === 'function');
      if (done) process.nextTick(done as () => void);
      return true;
    };
  }
}

function lineNow(url: string): number | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES_MAX;
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return lineInStack(stack, url);
}

/** Line of the innermost frame that lies in the module `url`, counted from 1. */
export function lineInStack(stack: string | undefined, url: string): number | undefined {
  const at = stack?.indexOf(`${url}:`) ?? -1;
  if (at === -1) return undefined;
  const line = Number.parseInt(stack?.slice(at + url.length + 1) ?? '', 10);
  return Number.isNaN(line) ? undefined : line;
}
