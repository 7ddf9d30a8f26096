import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatFinding } from '../../findings/index.ts';
import { LANGUAGES } from '../../options/index.ts';
import { plainProject } from '../../options/testdata/plain-project.ts';
import { readSnippets } from './read.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'snippets-'));
  await mkdir(join(root, 'snippets'));
  for (const [file, text] of Object.entries({
    'a.go': 'package main\n',
    'b.go': '// #region setup\npackage main\n// #endregion\n',
    'answer.json': '{ "@id": 1 }\n',
  }))
    await writeFile(join(root, 'snippets', file), text);
});
afterAll(() => rm(root, { recursive: true }));

it('reports a language without a runner once, and how to show it without running it', async () => {
  const { snippets, findings } = await readSnippets(plainProject(root));
  expect(snippets).toHaveLength(3);
  expect(findings.map(formatFinding)).toEqual([
    "snippets/a.go:1 Cannot run snippets/a.go and 1 more: there is no runner for Go\n  fix: Add notRun: { go: 'why' } to docs() to show Go without running it.",
    "snippets/answer.json:1 Cannot run snippets/answer.json: there is no runner for JSON\n  fix: Add notRun: { json: 'why' } to docs() to show JSON without running it.",
  ]);
});

it('reads a language that the options name, with its markers, and gives the reason to each snippet', async () => {
  const languages = LANGUAGES.map((row) =>
    ['go', 'json'].includes(row.language) ? { ...row, notRunBecause: `no ${row.label} here` } : row,
  );
  const { snippets, findings } = await readSnippets(plainProject(root, { languages }));
  expect(findings).toEqual([]);
  expect(snippets.map(({ id, directives: { noRun }, code }) => [id, noRun?.reason, code])).toEqual([
    ['a.go', 'no Go here', 'package main'],
    ['answer.json', 'no JSON here', '{ "@id": 1 }'],
    ['b.go', 'no Go here', 'package main'],
  ]);
});
