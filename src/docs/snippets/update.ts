/** Snippets that ran → updates the outputs in their files. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, isWarning, replaceFile } from '../findings/index.ts';
import { languageOf } from '../options/index.ts';
import { compareOutput } from './match-output.ts';
import { writeExpectation } from './source/expectation.ts';
import { type Snippet, readSnippet } from './source/snippet.ts';
import type { Verification } from './verify.ts';

/** Findings that a new output block resolves. */
const SETTLED = ['output-differs', 'output-missing'];
/** Findings that a new block may also resolve. A snippet with any other error keeps its block. */
const PERHAPS_SETTLED = [...SETTLED, 'twins-differ'];

export interface Updates {
  /** Paths of the changed files. */
  updated: string[];
  /** Findings for outputs that cannot be a comment of their snippet. */
  refused: Finding[];
}

/** Updates the blocks, each file atomically. */
export async function updateOutputs({ runs, findings }: Verification, root: string): Promise<Updates> {
  const updated: string[] = [];
  const refused: Finding[] = [];
  for (const { snippet, output } of runs) {
    const own = findings.filter(({ file }) => file === snippet.path);
    const keeps = own.some((finding) => !isWarning(finding) && !PERHAPS_SETTLED.includes(finding.code));
    if (keeps || !own.some(({ code }) => SETTLED.includes(code))) continue;
    const file = join(root, snippet.path);
    // Skip files that were saved after they were read.
    if ((await readFile(file, 'utf8')) !== snippet.source) continue;
    const text = writeOutput(snippet, output);
    if (text === undefined) refused.push(unwritable(snippet));
    else {
      await replaceFile(file, text);
      updated.push(snippet.path);
    }
  }
  return { updated, refused };
}

/** The new text of the file; undefined if it would not read back as the same program with this output. */
export function writeOutput(snippet: Snippet, output: readonly string[]): string | undefined {
  const { source, path } = snippet;
  const row = languageOf(path);
  if (!row) return undefined;
  const text = writeExpectation(source, output, row);
  const read = readSnippet(text, path);
  const isSame =
    read?.snippet.code === snippet.code &&
    JSON.stringify(read.snippet.directives) === JSON.stringify(snippet.directives) &&
    !read.findings.some(({ code }) => code.startsWith('output-')) &&
    compareOutput(read.snippet.expectation, output) === undefined &&
    !(row.language === 'js' && output.some((line) => COMPILER_DIRECTIVE.test(line)));
  return isSame ? text : undefined;
}

/** The compiler obeys it in any comment. */
const COMPILER_DIRECTIVE = /^\s*@ts-/;

function unwritable({ path, expectationLine }: Snippet): Finding {
  return {
    code: 'output-unwritable',
    file: path,
    line: expectationLine,
    message:
      'Cannot write the output at the end of the file: it would not be a comment there that says what was printed',
    fix: 'Close what is open before the end of the file, and print no compiler directive.',
  };
}

/** After an update, an output can only differ if it differs on every run: explains that in the fix. */
export function explainUnstable(finding: Finding, updated: readonly string[]): Finding {
  if (finding.code !== 'output-differs' || !updated.includes(finding.file)) return finding;
  return {
    ...finding,
    fix: 'Its output differs on every run: print values that stay the same, or replace the varying parts with ….',
  };
}
