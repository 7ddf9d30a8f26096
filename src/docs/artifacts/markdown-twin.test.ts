import { expect, it } from 'vitest';
import { describePages } from '../describe/index.ts';
import { readPageTree } from '../pages/index.ts';
import { type Entry, resolveReference } from '../reference/index.ts';
import { markdownOf } from './markdown-twin.ts';

/** The Markdown twin of a page with this text, titled "T"; `more` is what the code says of its entries. */
function twinOf(text: string, note?: string, more: Partial<Entry> = {}): string {
  const tree = readPageTree(text, 'content/x.mdx');
  expect(tree.findings).toEqual([]);
  const { pages } = resolveReference([tree.frontmatter]);
  const entries = (pages[0]?.entries ?? []).map((entry) => ({ ...entry, ...more }));
  const blocks = tree.blocks.map(({ line, title }) => ({
    id: 'block',
    ...(title !== undefined && { title }),
    key: '',
    headingDepth: 3,
    line,
    tabs: entries.map((entry) => ({
      language: entry.language,
      label: entry.language,
      programs: [],
      answers: [],
      entry,
    })),
  }));
  const fences = tree.fences.map((fence) => ({
    ...fence,
    state: 'plain' as const,
    ...(note !== undefined && { note }),
  }));
  const facts = {
    file: tree.file,
    path: tree.path,
    title: 'T',
    description: '',
    headings: tree.headings,
    blocks,
    fences,
    catalogues: new Map([
      ['thrown', [{ code: 'lost', meaning: 'It is lost.', remedy: 'Look.', note: 'by find()' }]],
      [
        'answered',
        [{ code: 'busy', meaning: 'Busy.', remedy: 'Wait.', details: [{ label: 'HTTP', values: ['429', '503'] }] }],
      ],
    ]),
    tree,
    changedOn: undefined,
  };
  const installation = {
    target: 'weather',
    here: false,
    links: [{ title: 'npm', path: 'https://www.npmjs.com/package/weather' }],
    libraries: {},
  };
  const [page] = describePages({ pages: [facts], sections: [], snippets: [], installation, siteTitle: 'Site' });
  if (!page) throw new Error('Cannot describe the page');
  return markdownOf(page);
}

const FENCES = [
  '```html\n<div>\n\n\n## T\n{/* kept */}\n</div>\n```',
  '~~~js\n<div>\n---\nexport const a = 1;\n~~~',
  '````md\n```js\n{x}\n```\n````',
];

it('says below a code fence whether it ran, within a list or a quote as well', () => {
  expect(twinOf('# T\n\n```sh\na\n```\n\n- b\n\n  ```sh\n  c\n  ```\n\n> ```sh\n> d\n> ```\n', 'Not run')).toBe(
    '# T\n\n```sh\na\n```\n\n*Not run*\n\n- b\n\n  ```sh\n  c\n  ```\n\n  *Not run*\n\n> ```sh\n> d\n> ```\n>\n> *Not run*\n',
  );
});

it.each(FENCES)('keeps every byte of a fence: %j', (fence) => {
  expect(twinOf(`# T\n\n${fence}\n\nAfter.\n`)).toBe(`# T\n\n${fence}\n\nAfter.\n`);
});

it.each([
  ['Windows line ends', '---\r\ntitle: T\r\n---\r\n\r\n# T\r\n\r\nText.\r\n'],
  ['a byte order mark', '\uFEFF---\ntitle: T\n---\n\n# T\n\nText.\n'],
  ['spaces after the frontmatter delimiters', '---  \ntitle: T\n---  \n\n# T\n\nText.\n'],
])('removes the frontmatter of a file with %s', (_what, text) => {
  expect(twinOf(text)).toBe('# T\n\nText.\n');
});

it.each([
  [
    'an image by its label',
    '<svg aria-label="Cookie to session"><path d="M0 0" /></svg>',
    '*Diagram: Cookie to session*',
  ],
  ['nothing for an image without a label', 'a\n\n<svg><path d="M0 0" /></svg>\n\nb', 'a\n\nb'],
  [
    'layout elements as their content',
    '<div class="a">\n  <section>\n\n  One\n  two.\n\n  ```js\n  x\n    y\n  ```\n\n  </section>\n</div>',
    'One\ntwo.\n\n```js\nx\n  y\n```',
  ],
  [
    'the ids of elements, which links lead to',
    '<a id="here"></a>\n\n<div id="there">\n\nText.\n\n</div>',
    '<a id="here"></a>\n\n<a id="there"></a>\n\nText.',
  ],
  ['inline HTML unchanged', 'Press <kbd>K</kbd>.<br/>', 'Press <kbd>K</kbd>.<br/>'],
  [
    'a callout as a block quote',
    '<Callout title="Mind">\n  Once.\n\n  - a\n</Callout>',
    '> **Mind**\n>\n> Once.\n>\n> - a',
  ],
  [
    'expressions as their values',
    'export const limit = 5;\n\nAt most {limit}{" "}of {frontmatter.title}.{/* why */}',
    'At most 5 of T.',
  ],
  ['nothing for comments, imports and exports', "import A from './a.js'\n\n{/* a */}\n\nText.", 'Text.'],
  [
    'the error catalogue as a list',
    '<ErrorCatalogue appears="thrown" />',
    '- <a id="lost"></a>`lost`, by find(): It is lost. Look.',
  ],
  [
    'what an error code is known by elsewhere',
    '<ErrorCatalogue appears="answered" />',
    '- <a id="busy"></a>`busy`: Busy. Wait. HTTP: `429`, `503`.',
  ],
  [
    'links to the package and those of the author as one line',
    '<ProjectLinks>\n\n[Own](/own)\n\n</ProjectLinks>',
    '[npm](https://www.npmjs.com/package/weather) · [Own](/own)',
  ],
  [
    'links, tables and escapes unchanged',
    '[a](/b "c") \\{x} &lt;\n\n| a |\n| - |\n| 1 |',
    '[a](/b "c") \\{x} &lt;\n\n| a |\n| - |\n| 1 |',
  ],
])('writes %s', (_what, body, expected) => {
  expect(twinOf(`---\ntitle: T\n---\n\n${body}\n`)).toBe(`# T\n\n${expected}\n`);
});

it('indents blocks inside a list', () => {
  const body = '1. First\n\n   <Callout title="Mind">\n   Once.\n   </Callout>\n\n2. Second\n';
  expect(twinOf(`# T\n\n${body}`)).toBe('# T\n\n1. First\n\n   > **Mind**\n   >\n   > Once.\n\n2. Second\n');
});

it('keeps descriptions of several paragraphs, and the rows below them, inside their list item', () => {
  const yaml = [
    'reference:',
    '  js:',
    '    - key: f',
    '      parameters:',
    '        - key: a',
    '          type: object',
    '          description: "One.\\n\\nTwo."',
    '          properties: [{ key: b, description: "B.\\n\\nMore." }]',
  ];
  expect(twinOf(`---\n${yaml.join('\n')}\n---\n\n# T\n\n<CodeBlock title="F" referenceId="f" />\n`)).toBe(
    '# T\n\n**F**\n\n<a id="js.f"></a>`f`\n\nParameters:\n\n- <a id="js.f.a"></a>`a` (`object`): One.\n\n  Two.\n  - <a id="js.f.a.b"></a>`b`: B.\n\n    More.\n',
  );
});

it('groups the fields of a result by condition, the good case first, and lists values, errors and the signature', () => {
  const row = (key: string, more: object) => ({
    key,
    anchor: key,
    type: [{ text: 'string' }],
    optional: false,
    labels: [],
    expanded: false,
    properties: [],
    ...more,
  });
  const text =
    '---\nreference:\n  js:\n    - { key: find, title: find() }\n---\n\n# T\n\n<CodeBlock referenceId="find" />\n';
  const twin = twinOf(text, undefined, {
    signature: 'find(): Promise<Found>',
    signatureParts: [{ text: 'find(): Promise<Found>' }],
    returns: [
      row('ok', {}),
      row('reason', {
        when: { name: 'ok', values: ['false'] },
        values: [{ text: 'lost', href: '/errors#lost' }, { text: 'late' }],
      }),
      row('place', { when: { name: 'ok', values: ['true'] }, optional: true }),
    ],
    throws: [
      { names: [{ text: 'busy', href: '/errors#busy' }, { text: 'TypeError' }], description: 'Too many calls.' },
    ],
  });
  expect(twin.slice(twin.indexOf('`find()`'))).toBe(`\`find()\`

\`\`\`ts
find(): Promise<Found>
\`\`\`

Returns:

- <a id="ok"></a>\`ok\` (\`string\`)

Returns, when \`ok\` is \`true\`:

- <a id="place"></a>\`place\` (\`string\`, optional)

Returns, when \`ok\` is \`false\`:

- <a id="reason"></a>\`reason\` (\`string\`): One of [\`lost\`](/errors#lost), \`late\`.

Throws:

- [\`busy\`](/errors#busy), \`TypeError\`: Too many calls.
`);
});
