/** Code fences of pages in a project of their own: compiled, run, or said not to be. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainProject } from '../options/testdata/plain-project.ts';
import { type Verification, verifySnippets } from './verify.ts';

/** Each fence, whether it ran in the words of the page, and the findings about it, by line within the fence. */
const FENCES: [fence: string, note: string | undefined, findings?: string[]][] = [
  [
    "```ts\nimport { readFileSync } from 'node:fs';\nexport const a: number = readFileSync('a').length;\n```",
    'Compiled, not run',
  ],
  [
    "```ts\nconst a: number = 'text';\n```",
    'Not run',
    [
      "1:7 fence-type-error Cannot type-check the code fence: Type 'string' is not assignable to type 'number' (TS2322)",
    ],
  ],
  ['```typescript\nconst unused = 1;\nconst b = await Promise.resolve(2);\n```', 'Compiled, not run'],
  [
    '```ts\nconst a = ;\n```',
    'Not run',
    ['1:11 fence-syntax-error Cannot parse the code fence: Expression expected (TS1109)'],
  ],
  [
    '```ts\nsession.refresh();\n```',
    'Not run',
    ["1:1 fence-type-error Cannot type-check the code fence: Cannot find name 'session' (TS2304)"],
  ],
  [
    "```ts\nimport { z } from 'zod';\nz.string();\n```",
    'Not run',
    ['1:19 fence-import-foreign Cannot import "zod": readers only have Node and fixture-package'],
  ],
  ['```ts unchecked="it runs in a browser"\ndocument.title = 1;\n```', 'Not run: it runs in a browser'],
  ['```js\nfunction twice(n) {\n  return n * 2;\n}\ntwice(2);\n```', 'Compiled, not run'],
  [
    "```js\nimport { nothing } from 'node:fs';\n```",
    'Not run',
    [
      "1:10 fence-type-error Cannot type-check the code fence: Module '\"node:fs\"' has no exported member 'nothing' (TS2305)",
    ],
  ],
  ["```cjs\nconst { sep } = require('node:path');\nsep.trim();\n```", 'Compiled, not run'],
  ["```ts run\nconsole.log('a', 1);\n```", 'Ran when this page was built'],
  [
    "```ts run\nconsole.log('one');\nconsole.log('two');\n```\n\n```text output\none\nthree\n```",
    'Not run',
    ['7:1 fence-output-differs expected "three", got "two" (printed at line 2)'],
  ],
  ['```rb run\nputs [1, 2].sum\n```\n\n```text output\n3\n```', 'Ran when this page was built'],
  [
    '```py run\nprint(1)\nraise ValueError("no")\n```',
    'Not run',
    ['2:1 fence-run-throws Cannot finish: it threw ValueError: no'],
  ],
  ['```sh run="tr"\necho a | tr a b\n```\n\n```output output\nb\n```', 'Ran when this page was built'],
  ['```bash run\nexit 3\n```', 'Not run', ['1:1 fence-run-exit-code Cannot finish: exit code 3, expected 0']],
  ['```sh run="no-such-command"\nno-such-command\n```', 'Not run: no sh with no-such-command on this machine'],
  [
    '- A list:\n\n  ```ts\n  const a: number = 1;\n  const b: string = a;\n  ```',
    'Not run',
    [
      "2:9 fence-type-error Cannot type-check the code fence: Type 'number' is not assignable to type 'string' (TS2322)",
    ],
  ],
  ['```sh\nnpm install fixture-package\n```', undefined],
  ['```sh unchecked="it needs a CI service"\nnpm install fixture-package\n```', 'Not run: it needs a CI service'],
  ['```rb\nputs 1\n```', 'Not run'],
  ['```go\npackage main\n```', 'Not run'],
  ['```no-such-language\na\n```', 'Not run'],
  [
    '```go run\npackage main\n```',
    'Not run',
    [
      '0:1 fence-without-runner Cannot run a fence in "go": expected one of ts, typescript, mts, cts, tsx, js, javascript, mjs, cjs, jsx, rb, ruby, py, python, sh, shell, bash',
    ],
  ],
  [
    '```text output\na\n```',
    undefined,
    ['0:1 fence-output-of-nothing Cannot compare the output: the fence before it is not run, expected one with "run"'],
  ],
  ['```json\n{ "a": 1 }\n```', undefined],
  ['```yaml\na: 1\n```', undefined],
  ['```diff\n- a\n```', undefined],
  ['```http\nGET / HTTP/1.1\n```', undefined],
  ['```dotenv\nA=1\n```', undefined],
  ['```\ntext\n```', undefined],
];

let root: string;
let verification: Verification;
/** Line of the page where each fence of the table begins. */
const starts: number[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'fences-'));
  mkdirSync(join(root, 'content'));
  symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), '{ "name": "fixture-package", "type": "module" }');
  let page = '# Fences\n\nText.\n\n';
  for (const [fence] of FENCES) {
    starts.push(page.split('\n').length + fence.split('\n').findIndex((line) => line.includes('```')));
    // Text keeps an output apart from the fence that it does not belong to.
    page += `${fence}\n\nText.\n\n`;
  }
  writeFileSync(join(root, 'content/index.mdx'), page);
  const project = plainProject(root, { package: { name: 'fixture-package', source: 'index.ts' } });
  verification = await verifySnippets({ project, issueEnvironment: async () => ({}) });
}, 240_000);
afterAll(() => rmSync(root, { recursive: true }));

const shownAt = (line: number) => verification.fences.get('content/index.mdx')?.find((fence) => fence.line === line);

describe.each(FENCES.map((row, index) => [...row, index] as const))('the fence %j', (_fence, ...row) => {
  const index = row.at(-1) as number;
  const [, note, expected = []] = FENCES[index]!;

  it('says whether it ran', () => {
    expect(shownAt(starts[index]!)).toBeDefined();
    expect(shownAt(starts[index]!)?.note).toBe(note);
  });

  it('has exactly the expected findings, each with a fix', () => {
    const [from, to] = [starts[index]!, starts[index + 1] ?? Infinity];
    const found = verification.findings.filter(({ line }) => line >= from && line < to);
    expect(found.map(({ line, column, code, message }) => `${line - from}:${column} ${code} ${message}`)).toEqual(
      expected,
    );
    expect(found.filter(({ file, fix }) => file !== 'content/index.mdx' || !/^[A-Z].*\.$/.test(fix))).toEqual([]);
  });
});

it('counts no fence as a snippet', () => {
  expect(verification).toMatchObject({ snippets: [], runs: [], count: 0, recalled: 0 });
});

it('keeps the programs that ran in the build folder, and only those', () => {
  const ran = FENCES.filter(([fence]) => /^```\w+ run/.test(fence) && !fence.includes('go run'));
  expect(readdirSync(join(root, 'build/fences'))).toHaveLength(ran.length);
  expect(existsSync(join(root, 'snippets'))).toBe(false);
});
