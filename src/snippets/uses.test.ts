import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkUses, findSnippetUses, readUses } from './uses.ts';

const PAGE = `---
title: A page
---

# A page

<CodeBlock title="One line" file="first" />

<CodeBlock
  referenceId="entry"
  title="Several lines"
  file="second"
  region="setup"
/>

<CodeBlock>
  <CodeBlockTab title="Request" language="js" file="third" />
</CodeBlock>

<CodeBlock referenceId="no_program" />

\`<CodeBlock file="in-code" />\`

\`\`\`mdx
<CodeBlock file="in-a-fence" />
\`\`\`

{/* <CodeBlock file="in-a-comment" /> */}
`;

it('finds what CodeBlocks and their tabs show, with the line each element begins on, and nothing in code or comments', () => {
  expect(readUses(PAGE, 'content/a.mdx')).toEqual([
    { name: 'first', page: 'content/a.mdx', line: 7, column: 1 },
    { name: 'second', region: 'setup', page: 'content/a.mdx', line: 9, column: 1 },
    { name: 'third', page: 'content/a.mdx', line: 17, column: 3 },
  ]);
});

it('finds what a page shows although the page cannot be parsed, so that no program looks unshown', () => {
  const uses = readUses(`${PAGE}\n{ never closed\n`, 'content/a.mdx');
  expect(uses).toContainEqual({ name: 'second', page: 'content/a.mdx', line: 9, column: 1 });
});

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pages-'));
  await mkdir(join(root, 'content/b'), { recursive: true });
  await writeFile(join(root, 'content/b/index.mdx'), '<CodeBlock file="second" />\n');
  await writeFile(join(root, 'content/a.mdx'), '<CodeBlock file="first" />\n');
});
afterAll(() => rm(root, { recursive: true }));

it('looks through all folders of pages and names pages from the root', async () => {
  const uses = await findSnippetUses(join(root, 'content'), root);
  expect(uses.map(({ name, page }) => [name, page])).toEqual([
    ['first', 'content/a.mdx'],
    ['second', 'content/b/index.mdx'],
  ]);
});

it('finds nothing where there are no pages', async () => {
  expect(await findSnippetUses(join(root, 'no-such-folder'), root)).toEqual([]);
});

it('reports a program that no page shows, and a page that shows no program, at their places', () => {
  const use = { name: 'frist', page: 'content/a.mdx', line: 7, column: 1 };
  const findings = checkUses([use], [{ id: 'first.ts', name: 'first', path: 'snippets/first.ts', regions: [] }]);
  expect(findings).toMatchObject([
    { code: 'snippet-unknown', file: 'content/a.mdx', line: 7, column: 1, nearest: 'first' },
    { code: 'snippet-unshown', file: 'snippets/first.ts', line: 1 },
  ]);
});

it('accepts a page that shows a region the program has', () => {
  const use = { name: 'first', region: 'setup', page: 'content/a.mdx', line: 7, column: 1 };
  const regions = [{ name: 'setup', firstLine: 1, lastLine: 2 }];
  expect(checkUses([use], [{ id: 'first.ts', name: 'first', path: 'snippets/first.ts', regions }])).toEqual([]);
});
