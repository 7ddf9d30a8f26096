/** A program and what happened when it ran → what is wrong with it, or nothing. */
import type { Finding } from '../../findings/index.ts';
import { compareOutput } from '../match-output.ts';
import type { Snippet } from '../source/snippet.ts';
import type { Ending, Limits, Outcome } from './outcome.ts';
import { type Output, describeOutput } from './output.ts';
import { redactSecrets } from './secrets.ts';

/** A finding but for the file. */
type Fault = Omit<Finding, 'file'>;

/** One fault has one finding: a program that did not end as it should is not blamed for its output too. */
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
    lastPrinted === undefined ? `it printed ${output.lines.length} lines` : `it printed last at line ${lastPrinted}`;
  switch (ending.kind) {
    case 'threw':
      if (throws?.name === ending.name) return undefined;
      if (throws) {
        return {
          code: 'run-throws-other',
          line: throws.line,
          message: `Cannot confirm @throws ${throws.name}: it threw ${ending.name}${atLine(ending.line)}: ${ending.message}`,
          fix: 'Name the error it throws, or correct the program.',
        };
      }
      return {
        code: 'run-throws',
        line: ending.line ?? 1,
        message: `Cannot run to its end: it threw ${ending.name}: ${ending.message}`,
        fix: 'Correct the program; where throwing is the point, add @throws with the name of the error.',
      };
    case 'stuck':
      return {
        code: 'run-stuck',
        line: ending.line ?? lastPrinted ?? 1,
        message: `Cannot run to its end: it awaits what nothing can settle any more (${printed})`,
        fix: 'Settle the promise it awaits.',
      };
    case 'timed-out':
      return {
        code: 'run-timeout',
        line: lastPrinted ?? 1,
        message: `Cannot run to its end: stopped after ${limit}, ${describeWait(ending.open)} (${printed})`,
        fix: 'Let the program end by itself: leave the loop, or give what it waits for a limit.',
      };
    case 'left-open':
      return {
        code: 'run-left-open',
        line: codeLines.at(-1) ?? 1,
        message: `Cannot end after its last line: ${list(ending.open)} kept it alive for ${limit}`,
        fix: 'Close what the program opens: clear the timer, end the server or the connection.',
      };
    case 'flooded':
      return {
        code: 'run-flooded',
        line: lastPrinted ?? 1,
        message: `Cannot run to its end: stopped after ${outputBytesMax.toLocaleString('en')} bytes of output`,
        fix: 'Print less; most likely a loop does not end.',
      };
    case 'ended':
      if (throws) {
        return {
          code: 'run-throws-nothing',
          line: throws.line,
          message: `Cannot confirm @throws ${throws.name}: it ended without throwing`,
          fix: 'Remove the line, or let the program throw.',
        };
      }
      if (ending.exitCode === 0) return undefined;
      return {
        code: 'run-exit-code',
        line: lastPrinted ?? 1,
        message: `Cannot run to its end: it ended with exit code ${ending.exitCode}, 0 is wanted`,
        fix: 'Let the program succeed.',
      };
  }
}

function judgeOutput({ expectation, expectationLine }: Snippet, output: Output): Fault[] {
  const difference = compareOutput(expectation, output.lines);
  if (!difference) return [];
  const { index, expected, received, count } = difference;
  const printed = output.printedAt[index];
  const place = printed === undefined ? '' : ` (printed at line ${printed})`;
  const more = count > 1 ? `, and ${count - 1} more ${count === 2 ? 'line differs' : 'lines differ'}` : '';
  return [
    {
      code: 'output-differs',
      // A missing line belongs behind the last one that is there.
      line: expectationLine + Math.min(index + 1, expectation.length),
      message: `expected ${quote(expected)} got ${quote(received)}${place}${more}`,
      fix: 'Correct the program, or accept its output with npm run snippets -- --update.',
    },
  ];
}

function describeWait(open: string[] | 'busy' | 'unknown'): string {
  if (open === 'busy') return 'busy without a pause';
  return open === 'unknown' ? 'not yet done' : `waiting for ${list(open)}`;
}

function judgeTraces(traces: readonly string[]): Fault[] {
  if (traces.length === 0) return [];
  return [
    {
      code: 'run-leaves-traces',
      line: 1,
      message: `Cannot run other programs behind it: it leaves ${traces.join(', ')} changed`,
      fix: 'Undo the change at the end, or give the program a process of its own with @standalone.',
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
        fix: 'Print what the reader can check, such as a length or a field, not the secret.',
      },
    ];
  });
}

function quote(line: string | undefined): string {
  return line === undefined ? 'no further line' : JSON.stringify(line.trimEnd());
}

function atLine(line: number | undefined): string {
  return line === undefined ? '' : ` at line ${line}`;
}

/** `Timeout, Timeout, TCPServerWrap` → `2 × Timeout, TCPServerWrap`. */
function list(open: readonly string[]): string {
  const counts = [...new Set(open)].map((name) => ({ name, count: open.filter((each) => each === name).length }));
  return counts.map(({ name, count }) => (count > 1 ? `${count} × ${name}` : name)).join(', ') || 'something';
}
