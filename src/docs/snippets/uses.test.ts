import { expect, it } from 'vitest';
import { readPageTree } from '../pages/index.ts';
import { checkUses, findSnippetUses } from './uses.ts';

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

it('finds the snippets of CodeBlocks and tabs with the line of the element, and ignores code and comments', () => {
  expect(findSnippetUses([readPageTree(PAGE, 'content/a.mdx')])).toEqual([
    { name: 'first', page: 'content/a.mdx', line: 7, column: 1 },
    { name: 'second', region: 'setup', page: 'content/a.mdx', line: 9, column: 1 },
    { name: 'third', page: 'content/a.mdx', line: 17, column: 3 },
  ]);
});

it('finds the snippets of a page that does not parse, so that they do not seem unused', () => {
  const uses = findSnippetUses([readPageTree(`${PAGE}\n{ never closed\n`, 'content/a.mdx')]);
  expect(uses).toContainEqual({ name: 'second', page: 'content/a.mdx', line: 9, column: 1 });
});

it('reports unused snippets, and pages that name an unknown snippet, with their positions', () => {
  const use = { name: 'frist', page: 'content/a.mdx', line: 7, column: 1 };
  const findings = checkUses([use], [{ id: 'first.ts', name: 'first', path: 'snippets/first.ts', regions: [] }]);
  expect(findings).toMatchObject([
    { code: 'snippet-unknown', file: 'content/a.mdx', line: 7, column: 1, nearest: 'first' },
    { code: 'snippet-unshown', file: 'snippets/first.ts', line: 1 },
  ]);
});

it('accepts a page that shows an existing region', () => {
  const use = { name: 'first', region: 'setup', page: 'content/a.mdx', line: 7, column: 1 };
  const regions = [{ name: 'setup', firstLine: 1, lastLine: 2 }];
  expect(checkUses([use], [{ id: 'first.ts', name: 'first', path: 'snippets/first.ts', regions }])).toEqual([]);
});
