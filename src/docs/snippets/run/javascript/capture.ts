/** In a thread: captures standard output and standard error, with the line that wrote each text. */

/** How many stack frames to search for the snippet's own line; log calls in libraries may be deep. */
const FRAMES_MAX = 50;

/** Receives everything that is written. */
export interface OutputListener {
  /** `where` returns the current line of the module at `url`, counted from 1. */
  wrote(stream: 'stdout' | 'stderr', text: string, bytes: number, where: (url: string) => number | undefined): void;
}

/** Redirects both streams, which `console` uses as well, to `listener`. */
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

/** Line of the innermost stack frame in the module `url`, counted from 1. */
export function lineInStack(stack: string | undefined, url: string): number | undefined {
  const at = stack?.indexOf(`${url}:`) ?? -1;
  if (at === -1) return undefined;
  const line = Number.parseInt(stack?.slice(at + url.length + 1) ?? '', 10);
  return Number.isNaN(line) ? undefined : line;
}
