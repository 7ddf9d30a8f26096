/** The `// Output:` block at a program's end: read and written. */
import type { Finding } from '../../findings/index.ts';
import { ANYTHING, matchesLine } from '../match-output.ts';

/** The block as it stands in the file. */
export interface Expectation {
  /** The expected lines of standard output, without trailing blanks. */
  lines: string[];
  /** Line of `// Output:`, counted from 1; where there is none, the line it would be. */
  line: number;
  /** Whether there is a block, alone and at the end. */
  sound: boolean;
  findings: Finding[];
}

/** Finds the block in a program whose comments begin with `commentMark`. */
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
    message: `Cannot tell the expected output: "${heading}" stands here and on line ${first + 1}, one block is wanted`,
    fix: 'Remove one of the blocks.',
  }));
  const end = lines.findIndex((text, index) => index > first && !text.startsWith(commentMark));
  const behind = end === -1 ? -1 : lines.findIndex((text, index) => index >= end && text.trim() !== '');
  if (behind !== -1 && findings.length === 0) {
    findings.push({
      code: 'output-misplaced',
      file,
      line: first + 1,
      message: `Cannot tell the expected output: line ${behind + 1} follows the block, it has to end the file`,
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
    message: `Cannot tell the expected output: the program has no "${mark} Output:" at its end`,
    ...(meant !== -1 && { nearest: lines[meant] ?? '' }),
    fix: 'Run npm run snippets -- --update to add it.',
  };
}

/**
 * The program with `output` as its block, added where there was none. Lines of the former block that hold `…` and
 * still match stay as they are. Give it only programs without a second or misplaced block.
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
