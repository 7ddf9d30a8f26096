/** Reads and writes the `// Output:` block at the end of a snippet. */
import type { Finding } from '../../findings/index.ts';
import { ANYTHING, matchesLine } from '../match-output.ts';

/** The block in a file. */
export interface Expectation {
  /** The expected lines of standard output, without trailing spaces. */
  lines: string[];
  /** Line of `// Output:`, counted from 1; if there is none, the line where it belongs. */
  line: number;
  /** Whether there is exactly one block, at the end. */
  sound: boolean;
  findings: Finding[];
}

/** Finds the block in a file whose comments begin with `commentMark`. */
export function readExpectation(lines: readonly string[], commentMark: string, file: string): Expectation {
  const heading = `${commentMark} Output:`;
  const last = lines.findLastIndex((text) => text.trim() !== '');
  const [first, ...further] = lines.flatMap((text, index) => (text.trimEnd() === heading ? [index] : []));
  if (first === undefined) {
    const finding = missingBlock(lines, commentMark, file, last + 1);
    return { lines: [], line: last + 3, sound: false, findings: [finding] };
  }
  const findings = further.map((index): Finding => ({
    code: 'output-repeated',
    file,
    line: index + 1,
    message: `Cannot read the expected output: "${heading}" appears here and on line ${first + 1}, expected once`,
    fix: 'Remove one of the blocks.',
  }));
  const end = lines.findIndex((text, index) => index > first && !text.startsWith(commentMark));
  const behind = end === -1 ? -1 : lines.findIndex((text, index) => index >= end && text.trim() !== '');
  if (behind !== -1 && findings.length === 0) {
    findings.push({
      code: 'output-misplaced',
      file,
      line: first + 1,
      message: `Cannot read the expected output: line ${behind + 1} follows the block, expected it at the end of the file`,
      fix: `Move "${heading}" and its lines to the end of the file, without blank lines between them.`,
    });
  }
  const block = lines.slice(first + 1, end === -1 ? last + 1 : end);
  return {
    lines: block.map((text) => text.slice(commentMark.length).replace(/^ /, '').trimEnd()),
    line: first + 1,
    sound: findings.length === 0,
    findings,
  };
}

function missingBlock(lines: readonly string[], mark: string, file: string, last: number): Finding {
  const meant = lines.findIndex((text) => text.startsWith(mark) && /^\s*outputs?:?\s*$/i.test(text.slice(mark.length)));
  return {
    code: 'output-missing',
    file,
    line: meant === -1 ? Math.max(last, 1) : meant + 1,
    message: `Cannot read the expected output: there is no "${mark} Output:" at the end`,
    ...(meant !== -1 && { nearest: lines[meant] ?? '' }),
    fix: 'Run npm run snippets -- --update to add it.',
  };
}

/**
 * Returns the file with `output` as its block. Lines of the old block that contain `…` and
 * still match are kept. The file must not have a second or misplaced block.
 */
export function writeExpectation(source: string, output: readonly string[], commentMark: string): string {
  const lines = source.split(/\r?\n/);
  const { lines: former } = readExpectation(lines, commentMark, '');
  const heading = lines.findIndex((text) => text.trimEnd() === `${commentMark} Output:`);
  const program = (heading === -1 ? lines : lines.slice(0, heading)).join('\n').trimEnd();
  const tolerant = former.filter((line) => line.includes(ANYTHING));
  const kept = output.map((line) => tolerant.find((expected) => matchesLine(expected, line)) ?? line);
  const block = [`${commentMark} Output:`, ...kept.map((line) => `${commentMark} ${line}`.trimEnd())];
  return `${program}\n\n${block.join('\n')}\n`;
}
