/** Programs that ran → their files with the output they printed, where it is not what they expect. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../findings/index.ts';
import { languageOf } from './languages.ts';
import { replaceFile } from '../findings/index.ts';
import { writeExpectation } from './source/expectation.ts';
import type { Verification } from './verify.ts';

/** The findings that a new output block settles. */
const SETTLED = ['output-differs', 'output-missing'];
/** What a new block may settle, too. A program with any other finding keeps its block. */
const PERHAPS_SETTLED = [...SETTLED, 'twins-differ'];

/** Writes the blocks, each file at one stroke, and returns the paths of the files it changed. */
export async function updateOutputs({ runs, findings }: Verification, root: string): Promise<string[]> {
  const updated: string[] = [];
  for (const { snippet, output } of runs) {
    const own = findings.filter(({ file }) => file === snippet.path);
    if (!own.some(({ code }) => SETTLED.includes(code)) || own.some(({ code }) => !PERHAPS_SETTLED.includes(code)))
      continue;
    const file = join(root, snippet.path);
    // What ran is what was read; a file that was saved in between is left to the next run.
    if ((await readFile(file, 'utf8')) !== snippet.source) continue;
    await replaceFile(file, writeExpectation(snippet.source, output, languageOf(snippet.path)?.commentMark ?? '//'));
    updated.push(snippet.path);
  }
  return updated;
}

/** After an update only a program that prints something else every time still differs: says so. */
export function explainUnstable(finding: Finding, updated: readonly string[]): Finding {
  if (finding.code !== 'output-differs' || !updated.includes(finding.file)) return finding;
  return {
    ...finding,
    fix: 'It prints something else on every run: print what stays the same, or put … in its place.',
  };
}
