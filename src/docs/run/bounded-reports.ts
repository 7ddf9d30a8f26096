/** Messages of a worker → reports with every field checked, counted against the limits of one run. */
import type { RunEnding, WorkerReport } from './messages.ts';

/** Limits of one run: messages of every kind, invalid ones included, and the bytes of all texts in its reports. */
const LIMITS = { messages: 1_000, 'bytes of output': 65_536 };
/** Characters of an error's name and message; the rest is cut off. */
const ERROR_LENGTH_MAX = 2_000;

/**
 * Returns `data` as a report with only the known fields; undefined if it is not one. The program shares the
 * worker with the code that reports on it, so it can post anything.
 */
export function parseReport(data: unknown): WorkerReport | undefined {
  const { kind, text, line, method, path, status, sent, answered, ending, durationMs } = Object(data) as Record<
    string,
    unknown
  >;
  if (kind === 'printed' && isText(text)) return { kind, text, line: toLine(line) };
  if (kind === 'exchanged' && isText(method) && isText(path) && isNumber(status) && isText(sent) && isText(answered))
    return { kind, method, path, status, sent, answered };
  const parsed = parseEnding(ending);
  if (kind === 'over' && parsed) return { kind, ending: parsed, durationMs: isNumber(durationMs) ? durationMs : 0 };
  return undefined;
}

/** The sandbox reports all other endings. */
function parseEnding(ending: unknown): RunEnding | undefined {
  const { kind, name, message, code, line } = Object(ending) as Record<string, unknown>;
  if (kind === 'ended') return { kind };
  if (kind !== 'threw' || !isText(name) || !isText(message)) return undefined;
  const known = isText(code) && /^\w{1,100}$/.test(code) ? { code } : {};
  return { kind, name: shorten(name), message: shorten(message), ...known, line: toLine(line) };
}

/** For one run: call it with each message; it returns the ending when a limit is exceeded. */
export function createLimits(): (report: WorkerReport | undefined) => RunEnding | undefined {
  const sent = { messages: 0, 'bytes of output': 0 };
  return (report) => {
    sent.messages += 1;
    sent['bytes of output'] += new Blob(Object.values(report ?? {}).map(String)).size;
    for (const unit of Object.keys(LIMITS) as (keyof typeof LIMITS)[])
      if (sent[unit] > LIMITS[unit]) return { kind: 'flooded', max: LIMITS[unit], unit };
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
