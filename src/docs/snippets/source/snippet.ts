/** The text of one file in snippets/ → the snippet: shown code, copied code and expected output. */
import { basename } from 'node:path/posix';
import type { Finding } from '../../findings/index.ts';
import { type Language, LANGUAGES, languageOf } from '../../options/index.ts';
import { type Expectation, readExpectation, readSource } from './expectation.ts';
import { type Directives, type Markers, type Region, readMarkers } from './markers.ts';

export interface Snippet {
  /** File name, such as `daily-forecast.ts`. */
  id: string;
  /** Name for `<CodeBlock file>`: the file name without its extension, shared with its twins in other languages. */
  name: string;
  /** Key of the language in reference metadata, such as `js`. */
  language: string;
  /** Path relative to the project root, with forward slashes. */
  path: string;
  /** The whole file. */
  source: string;
  /** Text for Copy: the file without marker lines; begins with `code`. */
  copyText: string;
  /** Shown code: `copyText` without the `// Output:` block, and without blank lines at the start and end. */
  code: string;
  /** File line of each line of `code`, counted from 1. */
  codeLines: number[];
  /** Regions, in lines of `code` counted from 1. */
  regions: Region[];
  /** The expected output lines, where `…` matches anything within a line. */
  expectation: string[];
  /** Line of `// Output:` in the file, or where it belongs. */
  expectationLine: number;
  directives: Directives;
  /** Whether it is a part of the text of a page, whose output need not be shown, and whose names need not be used. */
  isFragment?: boolean;
}

/** Reads one snippet; `path` is relative to the project root. Undefined if no language has that extension. */
export function readSnippet(
  source: string,
  path: string,
  languages: readonly Language[] = LANGUAGES,
): { snippet: Snippet; findings: Finding[] } | undefined {
  const row = languageOf(path, languages);
  if (!row) return undefined;
  const { language, ending, commentMark, notRunBecause } = row;
  const id = basename(path);
  const text = readSource(source, path, row);
  const { lines } = text;
  const expectation = commentMark === '' ? withoutOutput(lines.length) : readExpectation(text);
  const markers =
    commentMark === '' ? withoutMarkers() : readMarkers(text, expectation.isPresent ? expectation.line : Infinity);
  const { directives } = markers;
  if (notRunBecause !== undefined) directives.noRun ??= { reason: notRunBecause, line: 0 };
  const { noRun } = directives;

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
    directives,
  };
  const findings = [
    ...markers.findings,
    ...needsFindings(snippet),
    ...(noRun ? unprovenBlock(expectation.findings, snippet, noRun.line) : expectation.findings),
  ];
  return { snippet, findings };
}

/** Of a language without comments. */
function withoutMarkers(): Markers {
  return { lines: new Set(), regions: [], directives: { standalone: false }, findings: [] };
}

function withoutOutput(count: number): Expectation {
  return { lines: [], line: count + 1, isPresent: false, sound: true, findings: [] };
}

/** A snippet that is not run must not have an output. */
function unprovenBlock(
  findings: readonly Finding[],
  { path, source, expectationLine }: Snippet,
  noRunLine: number,
): Finding[] {
  if (findings.some(({ code }) => code === 'output-missing') || expectationLine > source.split(/\r?\n/).length)
    return [];
  return [
    {
      code: 'output-unproven',
      file: path,
      line: expectationLine,
      message: `Cannot verify the output: "@no-run" on line ${noRunLine} prevents the run`,
      fix: 'Remove the output or @no-run.',
    },
  ];
}

/** The site only supports npm, for TypeScript. */
function needsFindings({ language, path, directives: { needs } }: Snippet): Finding[] {
  if (!needs || language === 'js') return [];
  return [
    {
      code: 'needs-language',
      file: path,
      line: needs.line,
      message: `Cannot install "${needs.packages.join(' ')}": "@needs" is only for npm packages of TypeScript snippets`,
      fix: 'Remove the line, or use @native for libraries of the machine.',
    },
  ];
}

function regionOfCode({ name, firstLine, lastLine }: Region, codeLines: readonly number[]): Region[] {
  const inside = codeLines.flatMap((line, index) => (line >= firstLine && line <= lastLine ? [index + 1] : []));
  const [first] = inside;
  const last = inside.at(-1);
  return first === undefined || last === undefined ? [] : [{ name, firstLine: first, lastLine: last }];
}
