/** Reads and writes the `// Output:` block at the end of a snippet. */
import type { Finding } from '../../findings/index.ts';
import type { Language } from '../../options/index.ts';
import { ANYTHING, matchesLine } from '../match-output.ts';
import { commentLines } from './comments/comment-lines.ts';

/** The block in a file. */
export interface Expectation {
  /** The expected lines of standard output, without trailing spaces. */
  lines: string[];
  /** Line of `// Output:`, counted from 1; if there is none, the line where it belongs. */
  line: number;
  /** Whether there is a block, sound or not. */
  isPresent: boolean;
  /** Whether there is exactly one block, at the end. */
  sound: boolean;
  findings: Finding[];
}

/** The text of a snippet, as its block and its markers are read from it. */
export interface SourceText {
  /** Path relative to the project root. */
  file: string;
  lines: readonly string[];
  /** Start of a comment line. */
  commentMark: string;
  /** The lines that begin with a comment, counted from 1. */
  comments: ReadonlySet<number>;
}

/** Splits the text of a file into lines; `language` says where its comments are. */
export function readSource(source: string, file: string, { language, commentMark }: Language): SourceText {
  const text = source.replace(/^\uFEFF/, '');
  return { file, lines: text.split(/\r?\n/), commentMark, comments: commentLines(text, language, commentMark) };
}

/** Finds the block. */
export function readExpectation({ lines, commentMark, comments, file }: SourceText): Expectation {
  const heading = `${commentMark} Output:`;
  const last = lines.findLastIndex((text) => text.trim() !== '');
  const [first, ...later] = lines.flatMap((text, index) =>
    text.trimEnd() === heading && comments.has(index + 1) ? [index] : [],
  );
  if (first === undefined) {
    const finding = missingBlock(lines, commentMark, file, last + 1);
    return { lines: [], line: last + 3, isPresent: false, sound: false, findings: [finding] };
  }
  const end = lines.findIndex((text, index) => index > first && !text.startsWith(commentMark));
  // Within the block, it is a line that was printed.
  const findings = later
    .filter((index) => end !== -1 && index > end)
    .map((index): Finding => ({
      code: 'output-repeated',
      file,
      line: index + 1,
      message: `Cannot read the expected output: "${heading}" appears here and on line ${first + 1}, expected once`,
      fix: 'Remove one of the blocks.',
    }));
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
    isPresent: true,
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
 * Returns the file with `output` as its block. Lines of the old block that contain `…` and still match are kept. The file
 * must not have a second or misplaced block.
 */
export function writeExpectation(source: string, output: readonly string[], row: Language): string {
  const { commentMark } = row;
  const { lines: former, line, isPresent } = readExpectation(readSource(source, '', row));
  const lineEnd = source.includes('\r\n') ? '\r\n' : '\n';
  const lines = source.split(/\r?\n/);
  const program = (isPresent ? lines.slice(0, line - 1) : lines).join(lineEnd).trimEnd();
  // A line that only says … would take the place of any other.
  const moved = new Set(
    former.filter((each) => each.replaceAll(ANYTHING, '').trim() !== '' && each.includes(ANYTHING)),
  );
  const keep = (text: string, index: number) => {
    const same = former[index];
    if (same?.includes(ANYTHING) && matchesLine(same, text)) return same;
    return [...moved].find((expected) => matchesLine(expected, text)) ?? text;
  };
  const block = [
    `${commentMark} Output:`,
    ...output.map((text, index) => `${commentMark} ${keep(text, index)}`.trimEnd()),
  ];
  return `${program}${lineEnd}${lineEnd}${block.join(lineEnd)}${lineEnd}`;
}
