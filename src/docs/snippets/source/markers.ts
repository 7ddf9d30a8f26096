/** The lines of a snippet → its regions and directives: special comments, which are never shown or copied. */
import { type Finding, nearestName } from '../../findings/index.ts';
import type { SourceText } from './expectation.ts';

/** A part of a snippet that the page collapses (`setup`) or shows alone. */
export interface Region {
  name: string;
  /** First and last line, counted from 1. */
  firstLine: number;
  lastLine: number;
}

/** Directives that change how a snippet is verified. */
export interface Directives {
  /** `@no-run <why>`: only type-check it. Line 0 if the options say so for the whole language. */
  noRun?: { reason: string; line: number };
  /** `@throws <Name>`: expect it to throw an error of that name. */
  throws?: { name: string; line: number };
  /** `@standalone`: run it in a separate process. */
  standalone: boolean;
  /** `@native <libraries>`: run it with the machine's own interpreter, which needs these libraries. */
  native?: { libraries: string[]; line: number };
  /** `@needs <packages>`: readers must also install these packages. */
  needs?: { packages: string[]; line: number };
}

export interface Markers {
  /** Lines of markers, counted from 1. */
  lines: Set<number>;
  /** Regions, in lines of the file, without their marker lines. */
  regions: Region[];
  directives: Directives;
  findings: Finding[];
}

/** Directives, and what must follow them. */
const DIRECTIVES = {
  'no-run': 'a reason',
  throws: 'the name of one error',
  standalone: 'nothing',
  native: 'the names of libraries',
  needs: 'the names of packages',
} as const;
type DirectiveWord = keyof typeof DIRECTIVES;

/** A directive of the compiler, which stays in the shown code. */
const COMPILER_WORD = 'ts-expect-error';
const REGION_NAME = /^[a-z][a-z\d]*(-[a-z\d]+)*$/;

/** Reads all markers above line `end`, where the output begins. Text within strings is not a marker. */
export function readMarkers({ lines, commentMark, comments, file }: SourceText, end: number): Markers {
  const markers: Markers = { lines: new Set(), regions: [], directives: { standalone: false }, findings: [] };
  const open: { name: string; line: number }[] = [];
  const seen = new Set<string>();

  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    const report = (finding: Pick<Finding, 'code' | 'message' | 'fix' | 'nearest'>) => {
      markers.findings.push({ ...finding, file, line });
    };
    const marker = line < end && comments.has(line) ? readMarker(text, commentMark) : undefined;
    if (!marker || marker.word === `@${COMPILER_WORD}`) continue;
    markers.lines.add(line);
    const { word, rest } = marker;

    if (word === '#region') {
      const [outer] = open;
      if (outer) report(nestedRegion(rest, outer, commentMark));
      else if (!REGION_NAME.test(rest)) report(unnamedRegion(rest));
      else if (seen.has(rest)) report(repeatedRegion(rest));
      open.push({ name: rest, line });
      seen.add(rest);
    } else if (word === '#endregion') {
      const region = open.pop();
      if (!region) report(unopenedRegion(commentMark));
      else if (line - region.line === 1) report(emptyRegion(region.name));
      else if (open.length === 0)
        markers.regions.push({ name: region.name, firstLine: region.line + 1, lastLine: line - 1 });
    } else {
      const finding = readDirective(word.slice(1), rest, line, markers.directives, seen);
      if (finding) report(finding);
    }
  }
  for (const { name, line } of open) markers.findings.push({ ...unclosedRegion(name, commentMark), file, line });
  return markers;
}

/** `// #region setup` → `{ word: '#region', rest: 'setup' }`; undefined if the line is not a marker. */
function readMarker(text: string, commentMark: string): { word: string; rest: string } | undefined {
  const trimmed = text.trim();
  // Compiler directives also work in block comments.
  const compiler = /^\/\*+\s*(@ts-[\w-]+)/.exec(trimmed)?.[1];
  if (compiler) return { word: compiler, rest: '' };
  if (!trimmed.startsWith(commentMark)) return undefined;
  const [, word, rest = ''] =
    /^\s*(#region|#endregion|@[a-z][\w-]*)(?:\s+(.*))?$/i.exec(trimmed.slice(commentMark.length)) ?? [];
  return word === undefined ? undefined : { word, rest: rest.trim() };
}

type Problem = Pick<Finding, 'code' | 'message' | 'fix' | 'nearest'>;

function readDirective(
  word: string,
  rest: string,
  line: number,
  into: Directives,
  seen: Set<string>,
): Problem | undefined {
  if (!Object.hasOwn(DIRECTIVES, word)) return unknownWord(word);
  const known = word as DirectiveWord;
  if (seen.has(`@${known}`)) {
    return {
      code: 'directive-repeated',
      message: `Cannot read "@${known}": it appears twice, expected once`,
      fix: 'Remove one of the two.',
    };
  }
  seen.add(`@${known}`);
  if (!fits(known, rest)) {
    return {
      code: 'directive-malformed',
      message: `Cannot read "@${known}": expected ${DIRECTIVES[known]} after it, found "${rest}"`,
      fix: known === 'standalone' ? 'Remove the text after it.' : `Write ${DIRECTIVES[known]} after it.`,
    };
  }
  if (known === 'no-run') into.noRun = { reason: rest, line };
  if (known === 'throws') into.throws = { name: rest, line };
  if (known === 'standalone') into.standalone = true;
  if (known === 'native') into.native = { libraries: rest.split(/\s+/), line };
  if (known === 'needs') into.needs = { packages: rest.split(/\s+/), line };
  return undefined;
}

function fits(word: DirectiveWord, rest: string): boolean {
  if (word === 'standalone') return rest === '';
  return word === 'throws' ? /^[A-Za-z_$][\w$]*$/.test(rest) : rest !== '';
}

function unknownWord(word: string): Problem {
  const known = [...Object.keys(DIRECTIVES), COMPILER_WORD];
  const nearest = nearestName(word, known);
  return {
    code: 'directive-unknown',
    message: `Cannot read "@${word}": unknown directive, expected one of ${known.map((each) => `@${each}`).join(', ')}`,
    ...(nearest !== undefined && { nearest: `@${nearest}` }),
    fix: 'Correct the directive, or begin the comment without "@".',
  };
}

function nestedRegion(name: string, open: { name: string; line: number }, mark: string): Problem {
  return {
    code: 'region-nested',
    message: `Cannot open region "${name}": region "${open.name}" from line ${open.line} is still open`,
    fix: `Close it first with ${mark} #endregion.`,
  };
}

function unnamedRegion(name: string): Problem {
  return {
    code: 'region-unnamed',
    message: `Cannot open a region: the name "${name}" must be lower-case words joined by hyphens`,
    fix: 'Name it, for example "setup".',
  };
}

function repeatedRegion(name: string): Problem {
  return {
    code: 'region-repeated',
    message: `Cannot open region "${name}": the snippet already has a region of that name`,
    fix: 'Rename it, or merge the two regions.',
  };
}

function unopenedRegion(mark: string): Problem {
  return {
    code: 'region-unopened',
    message: 'Cannot close a region: none is open',
    fix: `Remove the line, or add ${mark} #region <name>.`,
  };
}

function emptyRegion(name: string): Problem {
  return { code: 'region-empty', message: `Cannot use region "${name}": it is empty`, fix: 'Remove it.' };
}

function unclosedRegion(name: string, mark: string): Problem {
  return {
    code: 'region-unclosed',
    message: `Cannot use region "${name}": it is never closed`,
    fix: `Add ${mark} #endregion after its last line.`,
  };
}
