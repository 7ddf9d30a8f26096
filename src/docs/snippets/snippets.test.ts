/** Every program of snippets/, each as a test of its own. */
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

it('finds programs to test', () => {
  expect(snippets.length).toBeGreaterThan(0);
});

it('has nothing against the folder of programs or the pages that show them', () => {
  const files = snippets.map(({ path }) => path);
  const others = verification.findings.filter(({ file }) => !files.includes(file));
  expect(others.length === 0 ? '' : formatFindings(others)).toBe('');
});

it.for(snippets.map((snippet) => [snippet.id, snippet] as const))(
  '%s does what its page says',
  ([id, { path, directives }], context) => {
    const findings = verification.findings.filter(({ file }) => file === path);
    expect(findings.length === 0 ? '' : formatFindings(findings)).toBe('');
    const unavailable = verification.unavailable.find(({ snippet }) => snippet.id === id);
    if (unavailable) context.skip(`${unavailable.reason} (${NATIVE_INSTALL})`);
    expect(verification.snippets.find((snippet) => snippet.id === id)?.ran).toBe(directives.noRun === undefined);
  },
);

it.each(snippets.map((snippet) => [snippet.id, snippet] as const))('%s fits the page', (_id, { code }) => {
  expect(code.split('\n').filter((line) => line.length > PROGRAM_COLUMNS_MAX)).toEqual([]);
});
