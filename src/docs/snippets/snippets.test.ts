/** One test per snippet. */
import { expect, it } from 'vitest';
import { formatFindings } from '../findings/index.ts';
import { NATIVE_INSTALL } from '../../not-run.ts';
import { siteProject } from '../../site/docs-options.ts';
import { readSnippets } from './source/read.ts';
import { verifySnippets } from './verify.ts';

const PROGRAM_COLUMNS_MAX = 80;

const project = siteProject();
const { snippets } = await readSnippets(project);
const verification = await verifySnippets({ project });

it('finds snippets to test', () => {
  expect(snippets.length).toBeGreaterThan(0);
});

it('has no findings about the folder or the pages that show snippets', () => {
  const files = snippets.map(({ path }) => path);
  const others = verification.findings.filter(({ file }) => !files.includes(file));
  expect(others.length === 0 ? '' : formatFindings(others)).toBe('');
});

it.for(snippets.map((snippet) => [snippet.id, snippet] as const))(
  '%s runs and prints its output',
  ([id, { path, directives }], context) => {
    const findings = verification.findings.filter(({ file }) => file === path);
    expect(findings.length === 0 ? '' : formatFindings(findings)).toBe('');
    const unavailable = verification.unavailable.find(({ snippet }) => snippet.id === id);
    if (unavailable) context.skip(`${unavailable.reason} (${NATIVE_INSTALL})`);
    expect(verification.snippets.find((snippet) => snippet.id === id)?.ran).toBe(directives.noRun === undefined);
  },
);

it.each(snippets.map((snippet) => [snippet.id, snippet] as const))('%s fits the width of the page', (_id, { code }) => {
  expect(code.split('\n').filter((line) => line.length > PROGRAM_COLUMNS_MAX)).toEqual([]);
});
