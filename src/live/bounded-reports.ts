/** What a worker posts → reports with every field checked, counted against what one run may send. */
import type { RunEnding, WorkerReport } from './messages.ts';

/** Messages of every kind, also those that are no report. */
const MESSAGES_MAX = 1_000;
/** Bytes of all texts in the reports. */
const BYTES_MAX = 65_536;
/** The page fetches each part that is wanted; the sandbox has fewer. */
const PARTS_MAX = 20;
/** Characters of an error's name and message; the rest is cut. */
const ERROR_LENGTH_MAX = 2_000;

/**
 * The report that `data` is, with nothing but its own fields; undefined for anything else. The program shares the
 * worker with what reports on it, so it can post whatever it likes.
 */
export function parseReport(data: unknown): WorkerReport | undefined {
  const { kind, part, text, line, method, path, status, sent, answered, ending, durationMs } = Object(data) as Record<
    string,
    unknown
  >;
  if (kind === 'wants' && isText(part)) return { kind, part };
  if (kind === 'printed' && isText(text)) return { kind, text, line: toLine(line) };
  if (kind === 'exchanged' && isText(method) && isText(path) && isNumber(status) && isText(sent) && isText(answered))
    return { kind, method, path, status, sent, answered };
  const parsed = parseEnding(ending);
  if (kind === 'over' && parsed) return { kind, ending: parsed, durationMs: isNumber(durationMs) ? durationMs : 0 };
  return undefined;
}

/** The other endings are for the sandbox to tell. */
function parseEnding(ending: unknown): RunEnding | undefined {
  const { kind, name, message, code, line } = Object(ending) as Record<string, unknown>;
  if (kind === 'ended') return { kind };
  if (kind !== 'threw' || !isText(name) || !isText(message)) return undefined;
  const known = isText(code) && /^\w{1,100}$/.test(code) ? { code } : {};
  return { kind, name: shorten(name), message: shorten(message), ...known, line: toLine(line) };
}

/** For one run: says of each message, in turn, how the run ends if it is one too many. */
export function createLimits(): (report: WorkerReport | undefined) => RunEnding | undefined {
  const encoder = new TextEncoder();
  let messages = 0;
  let bytes = 0;
  let parts = 0;
  return (report) => {
    messages += 1;
    if (report?.kind === 'wants') parts += 1;
    for (const value of Object.values(report ?? {})) if (isText(value)) bytes += encoder.encode(value).length;
    if (bytes > BYTES_MAX) return { kind: 'flooded', max: BYTES_MAX, unit: 'bytes of output' };
    if (messages > MESSAGES_MAX) return { kind: 'flooded', max: MESSAGES_MAX, unit: 'messages' };
    if (parts > PARTS_MAX) return { kind: 'flooded', max: PARTS_MAX, unit: 'requests for a part of the sandbox' };
    return undefined;
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function toLine(line: unknown): number | undefined {
  return isNumber(line) ? line : undefined;
}

function shorten(text: string): string {
  return text.length > ERROR_LENGTH_MAX ? `${text.slice(0, ERROR_LENGTH_MAX)}…` : text;
}
