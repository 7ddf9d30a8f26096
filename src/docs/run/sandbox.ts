/**
 * In the frame: runs a program in a worker with limits on time and output, forwards its reports, and adds a verdict.
 */
import { createLimits, parseReport } from './bounded-reports.ts';
import type { RunEnding, RunReport, RunRequest } from './messages.ts';
import { describeVerdict, judge } from './verdict.ts';

const RUN_TIMEOUT_MS = 5_000;

const workerScript = document.getElementById('worker')?.textContent ?? '';

/** Started in advance; each worker runs one program only. */
let ready: Worker | undefined;

function startWorker(): Worker {
  // In an opaque origin, workers from blob: URLs have no Web Crypto; those from data: URLs do.
  return new Worker(`data:text/javascript,${encodeURIComponent(workerScript)}`, { type: 'module' });
}

function prepare(): void {
  ready ??= startWorker();
  // The next program starts another worker, and reports the error if that fails too.
  ready.onerror = () => (ready = undefined);
}

prepare();
addEventListener('message', ({ data: request, ports: [port], source }: MessageEvent<RunRequest>) => {
  if (!port || source !== parent) return;
  const worker = ready ?? startWorker();
  ready = undefined;
  let printed = '';
  const finish = (ending: RunEnding, durationMs = 0) => {
    clearTimeout(timeout);
    worker.terminate();
    // Ignore messages that have already arrived.
    worker.onmessage = null;
    worker.onerror = null;
    prepare();
    const outcome = judge(request.expected, ending, printed);
    port.postMessage({
      kind: 'over',
      ending,
      outcome,
      verdict: describeVerdict(ending, outcome, durationMs),
      durationMs,
    } satisfies RunReport);
  };
  const timeout = setTimeout(() => finish({ kind: 'timed-out', limitMs: RUN_TIMEOUT_MS }), RUN_TIMEOUT_MS);
  worker.onerror = (event) =>
    finish({ kind: 'threw', name: 'Error', message: event.message || 'the worker could not start', line: undefined });
  const exceeds = createLimits();
  worker.onmessage = ({ data }: MessageEvent<unknown>) => {
    const report = parseReport(data);
    if (report?.kind === 'over') return finish(report.ending, report.durationMs);
    const flooded = exceeds(report);
    if (flooded) return finish(flooded);
    if (!report) return;
    if (report.kind === 'printed') printed += `${report.text}\n`;
    port.postMessage(report satisfies RunReport);
  };
  worker.postMessage(request);
});
