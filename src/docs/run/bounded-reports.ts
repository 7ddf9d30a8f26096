/** What a worker posts → reports with every field checked, counted against what one run may send. */
import type { RunEnding, WorkerReport } from './messages.ts';

/** What one run may send: messages of every kind, also those that are no report, and all texts in its reports. */
const LIMITS = { messages: 1_000, 'bytes of output': 65_536 };
/** Characters of an error's name and message; the rest is cut. */
const ERROR_LENGTH_MAX = 2_000;

/**
 * The report that `data` is, with nothing but its own fields; undefined for anything else. The program shares the
 * worker with what reports on it, so it can post whatever it likes.
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
