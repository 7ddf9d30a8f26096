/** Snippets that ran → updates the outputs in their files. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../findings/index.ts';
import { languageOf } from '../options/index.ts';
import { replaceFile } from '../findings/index.ts';
import { writeExpectation } from './source/expectation.ts';
import type { Verification } from './verify.ts';

/** Findings that a new output block resolves. */
const SETTLED = ['output-differs', 'output-missing'];
/** Findings that a new block may also resolve. A snippet with any other finding keeps its block. */
const PERHAPS_SETTLED = [...SETTLED, 'twins-differ'];

/** Updates the blocks, each file atomically, and returns the paths of changed files. */
export async function updateOutputs({ runs, findings }: Verification, root: string): Promise<string[]> {
  const updated: string[] = [];
  for (const { snippet, output } of runs) {
    const own = findings.filter(({ file }) => file === snippet.path);
    if (!own.some(({ code }) => SETTLED.includes(code)) || own.some(({ code }) => !PERHAPS_SETTLED.includes(code)))
      continue;
    const file = join(root, snippet.path);
    // Skip files that were saved after they were read.
    if ((await readFile(file, 'utf8')) !== snippet.source) continue;
    await replaceFile(file, writeExpectation(snippet.source, output, languageOf(snippet.path)?.commentMark ?? '//'));
    updated.push(snippet.path);
  }
  return updated;
}

/** After an update, an output can only differ if it differs on every run: explains that in the fix. */
export function explainUnstable(finding: Finding, updated: readonly string[]): Finding {
  if (finding.code !== 'output-differs' || !updated.includes(finding.file)) return finding;
  return {
    ...finding,
    fix: 'Its output differs on every run: print values that stay the same, or replace the varying parts with ….',
  };
}
