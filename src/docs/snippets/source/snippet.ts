/** The text of one file of snippets/ → the snippet: what is shown, what is copied, and what it has to print. */
import { basename } from 'node:path/posix';
import type { Finding } from '../../findings/index.ts';
import { type Language, languageOf } from '../languages.ts';
import { readExpectation } from './expectation.ts';
import { type Directives, type Region, readMarkers } from './markers.ts';

export interface Snippet {
  /** File name, such as `session-helpers-refresh.ts`. */
  id: string;
  /** What `<CodeBlock file>` names: the file name without its ending, the same for its twins in other languages. */
  name: string;
  language: Language;
  /** Path from the project's root, with forward slashes. */
  path: string;
  /** The file as it stands. */
  source: string;
  /** What Copy gives: the file without marker lines; begins with `code`. */
  copyText: string;
  /** What a page draws: `copyText` without the `// Output:` block and blank lines at either end. */
  code: string;
  /** Line of the file for each line of `code`, counted from 1. */
  codeLines: number[];
  /** Regions, in lines of `code` counted from 1. */
  regions: Region[];
  /** The lines it has to print, where `…` stands for anything within a line. */
  expectation: string[];
  /** Line of the file that holds `// Output:`, or would hold it. */
  expectationLine: number;
  directives: Directives;
}

/** Reads one program; `path` is its path from the project's root. Undefined when no language has that ending. */
export function readSnippet(source: string, path: string): { snippet: Snippet; findings: Finding[] } | undefined {
  const row = languageOf(path);
  if (!row) return undefined;
  const { language, ending, commentMark } = row;
  const id = basename(path);
  const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/);
  const markers = readMarkers(lines, commentMark, path);
  const expectation = readExpectation(lines, commentMark, path);
  const { noRun } = markers.directives;

  const numbered = lines
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ line }) => !markers.lines.has(line));
  const isCode = ({ text, line }: { text: string; line: number }) => text.trim() !== '' && line < expectation.line;
  const first = numbered.findIndex(({ text }) => text.trim() !== '');
  const code = numbered.slice(Math.max(first, 0), numbered.findLastIndex(isCode) + 1);
  const snippet: Snippet = {
    id,
    name: id.slice(0, -ending.length),
    language,
    path,
    source,
    copyText: numbered
      .slice(Math.max(first, 0))
      .map(({ text }) => text)
      .join('\n'),
    code: code.map(({ text }) => text).join('\n'),
    codeLines: code.map(({ line }) => line),
    regions: markers.regions.flatMap((region) =>
      regionOfCode(
        region,
        code.map(({ line }) => line),
      ),
    ),
    expectation: expectation.lines,
    expectationLine: expectation.line,
    directives: markers.directives,
  };
  const findings = [
    ...markers.findings,
    ...needsFindings(snippet),
    ...(noRun ? unprovenBlock(expectation.findings, snippet, noRun.line) : expectation.findings),
  ];
  return { snippet, findings };
}

/** A program that is not run has no output, so it may not claim one. */
function unprovenBlock(findings: readonly Finding[], { path, expectationLine }: Snippet, noRunLine: number): Finding[] {
  if (findings.some(({ code }) => code === 'output-missing')) return [];
  return [
    {
      code: 'output-unproven',
      file: path,
      line: expectationLine,
      message: `Cannot prove the output: "@no-run" on line ${noRunLine} keeps the program from running`,
      fix: 'Remove the output, or let the program run.',
    },
  ];
}

/** Only for TypeScript is there a package manager that the site knows. */
function needsFindings({ language, path, directives: { needs } }: Snippet): Finding[] {
  if (!needs || language === 'js') return [];
  return [
    {
      code: 'needs-language',
      file: path,
      line: needs.line,
      message: `Cannot install "${needs.packages.join(' ')}": "@needs" names packages of npm, for programs in TypeScript only`,
      fix: 'Remove the line, or let @native name the libraries of the machine.',
    },
  ];
}

function regionOfCode({ name, firstLine, lastLine }: Region, codeLines: readonly number[]): Region[] {
  const inside = codeLines.flatMap((line, index) => (line >= firstLine && line <= lastLine ? [index + 1] : []));
  const [first] = inside;
  const last = inside.at(-1);
  return first === undefined || last === undefined ? [] : [{ name, firstLine: first, lastLine: last }];
}
