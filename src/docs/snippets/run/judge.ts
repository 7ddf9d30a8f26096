/** A snippet and its run → findings. */
import type { Finding } from '../../findings/index.ts';
import { compareOutput } from '../match-output.ts';
import type { Snippet } from '../source/snippet.ts';
import type { Ending, Limits, Outcome } from './outcome.ts';
import { type Output, describeOutput } from './output.ts';
import { redactSecrets } from './secrets.ts';

/** A finding without the file. */
type Fault = Omit<Finding, 'file'>;

/** One finding per fault: the output of a snippet that ended wrongly is not reported as well. */
export function judgeOutcome(
  snippet: Snippet,
  outcome: Outcome,
  environment: Readonly<Record<string, string>>,
  limits: Limits,
): Finding[] {
  const output = describeOutput(outcome.written);
  const ending = judgeEnding(snippet, outcome.ending, output, limits);
  const faults = ending ? [ending] : [...judgeOutput(snippet, output), ...judgeTraces(outcome.traces)];
  const clean = (text: string) => redactSecrets(text, environment).text;
  return [...judgeSecrets(snippet, output, environment), ...faults].map((fault) => ({
    ...fault,
    file: snippet.path,
    message: clean(fault.message),
  }));
}

function judgeEnding(
  { directives, codeLines }: Snippet,
  ending: Ending,
  output: Output,
  { runTimeoutMs, outputBytesMax }: Limits,
): Fault | undefined {
  const { throws } = directives;
  const limit = `${runTimeoutMs.toLocaleString('en')} ms`;
  const lastPrinted = output.printedAt.at(-1);
  const printed =
    lastPrinted === undefined ? `it printed ${output.lines.length} lines` : `last output from line ${lastPrinted}`;
  switch (ending.kind) {
    case 'threw':
      if (throws?.name === ending.name) return undefined;
      if (throws) {
        return {
          code: 'run-throws-other',
          line: throws.line,
          message: `Cannot confirm @throws ${throws.name}: it threw ${ending.name}${atLine(ending.line)}: ${ending.message}`,
          fix: 'Name the error that it throws, or correct the snippet.',
        };
      }
      return {
        code: 'run-throws',
        line: ending.line ?? 1,
        message: `Cannot finish: it threw ${ending.name}: ${ending.message}`,
        fix: 'Correct the snippet, or add @throws with the name of the error if it is intended.',
      };
    case 'wrote-outside':
      return {
        code: 'run-writes-outside',
        line: ending.line ?? lastPrinted ?? 1,
        message: `Cannot finish: it writes ${ending.path} outside its own folder`,
        fix: 'Write to a relative path: every snippet runs in an empty folder of its own.',
      };
    case 'stuck':
      return {
        code: 'run-stuck',
        line: ending.line ?? lastPrinted ?? 1,
        message: `Cannot finish: it awaits a promise that never settles (${printed})`,
        fix: 'Settle the promise that it awaits.',
      };
    case 'timed-out':
      return {
        code: 'run-timeout',
        line: lastPrinted ?? 1,
        message: `Cannot finish: stopped after ${limit}, ${describeWait(ending.open)} (${printed})`,
        fix: 'Make sure that it ends: leave the loop, or limit the time it waits.',
      };
    case 'left-open':
      return {
        code: 'run-left-open',
        line: codeLines.at(-1) ?? 1,
        message: `Cannot finish: after its last line, ${list(ending.open)} kept it running for ${limit}`,
        fix: 'Close what the snippet opens: clear timers, close servers and connections.',
      };
    case 'flooded':
      return {
        code: 'run-flooded',
        line: lastPrinted ?? 1,
        message: `Cannot finish: stopped after ${outputBytesMax.toLocaleString('en')} bytes of output`,
        fix: 'Print less; probably a loop does not end.',
      };
    case 'ended':
      if (throws) {
        return {
          code: 'run-throws-nothing',
          line: throws.line,
          message: `Cannot confirm @throws ${throws.name}: it ended without throwing`,
          fix: 'Remove @throws, or make the snippet throw.',
        };
      }
      if (ending.exitCode === 0) return undefined;
      return {
        code: 'run-exit-code',
        line: lastPrinted ?? 1,
        message: `Cannot finish: exit code ${ending.exitCode}, expected 0`,
        fix: 'Make the snippet exit with 0.',
      };
  }
}

function judgeOutput({ expectation, expectationLine, isFragment }: Snippet, output: Output): Fault[] {
  if (isFragment && expectation.length === 0) return [];
  const difference = compareOutput(expectation, output.lines);
  if (!difference) return [];
  const unprintable = findUnprintable(output);
  if (unprintable) return [{ ...unprintable, line: unprintable.line ?? expectationLine }];
  const { index, expected, received, count } = difference;
  const printed = output.printedAt[index];
  const place = printed === undefined ? '' : ` (printed at line ${printed})`;
  const more = count > 1 ? `, and ${count - 1} more ${count === 2 ? 'line differs' : 'lines differ'}` : '';
  return [
    {
      code: 'output-differs',
      // Report missing lines at the last existing one.
      line: expectationLine + Math.min(index + 1, expectation.length),
      message: `expected ${quote(expected)}, got ${quote(received)}${place}${more}`,
      fix: 'Correct the snippet, or accept its output with npm run snippets -- --update.',
    },
  ];
}

/** Characters that end a comment in some language, that no page can show, or that no file can hold. */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\0-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029]|\p{Surrogate}/u;

/** The output goes into a comment of the snippet, and onto pages: only text can. */
function findUnprintable({
  lines,
  printedAt,
}: Output): (Omit<Fault, 'line'> & { line: number | undefined }) | undefined {
  const index = lines.findIndex((text) => UNPRINTABLE.test(text));
  const [char = ''] = UNPRINTABLE.exec(lines[index] ?? '') ?? [];
  if (char === '') return undefined;
  const name = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    code: 'output-unprintable',
    line: printedAt[index],
    message: `Cannot show the output: its line ${index + 1} contains ${char === '\u001B' ? `an ANSI escape sequence (${name})` : `the character ${name}`}, expected plain text`,
    fix: 'Print it without colours and control characters, or as JSON.',
  };
}

function describeWait(open: string[] | 'busy' | 'unknown'): string {
  if (open === 'busy') return 'always busy';
  return open === 'unknown' ? 'still running' : `waiting for ${list(open)}`;
}

function judgeTraces(traces: readonly string[]): Fault[] {
  if (traces.length === 0) return [];
  return [
    {
      code: 'run-leaves-traces',
      line: 1,
      message: `Cannot run other snippets after it: it changes ${traces.join(', ')}`,
      fix: 'Undo the change at the end, or run the snippet in a separate process with @standalone.',
    },
  ];
}

function judgeSecrets(
  { path, expectationLine }: Snippet,
  output: Output,
  environment: Readonly<Record<string, string>>,
): Finding[] {
  return output.lines.flatMap((text, index) => {
    const { secrets } = redactSecrets(text, environment);
    if (secrets.length === 0) return [];
    return [
      {
        code: 'output-secret',
        file: path,
        line: output.printedAt[index] ?? expectationLine,
        message: `Cannot show the output: it prints ${secrets.join(', ')}`,
        fix: 'Print a length or a field instead of the secret.',
      },
    ];
  });
}

function quote(line: string | undefined): string {
  return line === undefined ? 'no more output' : JSON.stringify(line.trimEnd());
}

function atLine(line: number | undefined): string {
  return line === undefined ? '' : ` at line ${line}`;
}

/** `Timeout, Timeout, TCPServerWrap` → `2 × Timeout, TCPServerWrap`. */
function list(open: readonly string[]): string {
  const counts = [...new Set(open)].map((name) => ({ name, count: open.filter((each) => each === name).length }));
  return counts.map(({ name, count }) => (count > 1 ? `${count} × ${name}` : name)).join(', ') || 'something';
}
