import { describe, expect, it } from 'vitest';
import { formatFinding } from '../findings/index.ts';
import { readPageTree } from '../pages/index.ts';
import { resolveReference } from '../reference/index.ts';
import type { VerifiedSnippet } from '../snippets/index.ts';
import { type Tab, collectShownLanguages, resolveBlocks } from './blocks.ts';

/** A snippet by its file name; `json` makes it print JSON. */
function snippetOf(id: string, printed = ''): VerifiedSnippet {
  const [name = '', ending = ''] = id.split('.');
  const language = { ts: 'js', rb: 'ruby', py: 'python', sh: 'curl', go: 'go', json: 'json' }[ending];
  const code = id.startsWith('curl') ? 'curl x' : '{}';
  return { id, name, language, path: `snippets/${id}`, expectation: [printed], code } as unknown as VerifiedSnippet;
}

/** Resolves a page with entries such as `f: 'js ruby'`, and snippets by file name. */
function resolve(body: string, snippets: readonly (string | VerifiedSnippet)[], entries: Record<string, string> = {}) {
  const languages = [...new Set(Object.values(entries).flatMap((each) => each.split(' ')))];
  const lines = languages.map((language) => {
    const own = Object.keys(entries).filter((id) => entries[id]?.split(' ').includes(language));
    return `  ${language}:\n${own.map((id) => `    - { key: ${id}, id: ${id} }`).join('\n')}`;
  });
  const yaml = lines.length === 0 ? '' : `reference:\n${lines.join('\n')}\n`;
  const source = readPageTree(`---\n${yaml}---\n\n# Title\n\n${body}\n`, 'content/x.mdx');
  const { pages: references } = resolveReference([source.frontmatter]);
  const { blocks, findings } = resolveBlocks(source, {
    references,
    snippets: snippets.map((each) => (typeof each === 'string' ? snippetOf(each) : each)),
    shownLanguages: collectShownLanguages([source], references),
  });
  return {
    blocks,
    tabs: blocks.map(({ tabs }) => tabs.map(drawn)),
    findings: findings.map((finding) => formatFinding(finding).split('\n')[0]),
  };
}

/** `js[Request: a.ts | Response: b.ts] f`: a language, its programs, its answers and its entry. */
function drawn({ language, programs, answers, entry, entryAbove }: Tab): string {
  const panel = ({ title, snippet, region }: Tab['programs'][number]) =>
    `${title === undefined ? '' : `${title}: `}${snippet ?? 'none'}${region === undefined ? '' : `#${region}`}`;
  const panels = [...programs.map(panel), ...(answers.length > 0 ? ['|', ...answers.map(panel)] : [])];
  const reference = entry ? ` ${entry.key}` : entryAbove ? ` see ${entryAbove.title}` : '';
  return `${language}[${panels.join(' ')}]${reference}`;
}

const JSON_PRINTED = '{ "a": 1 }';
const REQUEST = `<CodeBlock referenceId="t">
  <CodeBlockTab title="Request" file="a" />
  <CodeBlockTab title="Response" file="b" language="json" />
</CodeBlock>`;
const MANAGERS = `<CodeBlock title="Install">
  <CodeBlockTab title="npm" file="npm" />
  <CodeBlockTab title="yarn" file="yarn" />
</CodeBlock>`;

type Row = [
  what: string,
  body: string,
  snippets: (string | VerifiedSnippet)[],
  entries: Record<string, string>,
  tabs: string[][],
  findings?: string[],
];

it.each<Row>([
  [
    'a program in every language of its entry',
    '<CodeBlock referenceId="f" file="one" />',
    ['one.ts', 'one.rb'],
    { f: 'js ruby' },
    [['js[one.ts] f', 'ruby[one.rb] f']],
  ],
  ['an entry without a program', '<CodeBlock referenceId="f" />', [], { f: 'js go' }, [['js[] f', 'go[] f']]],
  [
    'a program without an entry',
    '<CodeBlock file="one" region="setup" />',
    ['one.ts', 'one.py'],
    {},
    [['js[one.ts#setup]', 'python[one.py#setup]']],
  ],
  [
    'a language of the entry that has no program yet',
    '<CodeBlock referenceId="f" file="one" />',
    ['one.ts'],
    { f: 'js go' },
    [['js[one.ts] f', 'go[none] f']],
    ['content/x.mdx:11:1 warning: Cannot show "one" in go: entry "f" has that language, the snippet does not'],
  ],
  [
    'request and response, with every language of the entry, and the entry once in each',
    REQUEST,
    ['a.ts', 'a.py', snippetOf('b.ts', JSON_PRINTED), snippetOf('b.py', JSON_PRINTED)],
    { t: 'js python go' },
    [
      [
        'js[Request: a.ts | Response: b.ts] t',
        'python[Request: a.py | Response: b.py] t',
        'go[Request: none | Response: b.ts] t',
      ],
    ],
    ['content/x.mdx:13:1 warning: Cannot show "a" in go: entry "t" has that language, the snippet does not'],
  ],
  [
    'a response from a file of JSON',
    REQUEST,
    ['a.ts', 'b.json'],
    { t: 'js' },
    [['js[Request: a.ts | Response: b.json] t']],
  ],
  ['package managers', MANAGERS, ['npm.sh', 'yarn.sh'], {}, [['[npm: npm.sh yarn: yarn.sh]']]],
  [
    'package managers beside an entry in several languages',
    MANAGERS.replace('title="Install"', 'referenceId="f"'),
    ['npm.sh', 'yarn.sh'],
    { f: 'js ruby' },
    [['js[npm: npm.sh yarn: yarn.sh] f', 'ruby[npm: npm.sh yarn: yarn.sh] f']],
  ],
  [
    'package managers of one language, beside the file that the others have',
    '<CodeBlock file="install">\n  <CodeBlockTab title="npm" file="npm" language="js" />\n  <CodeBlockTab title="yarn" file="yarn" language="js" />\n</CodeBlock>',
    ['install.rb', 'install.py', 'npm.sh', 'yarn.sh'],
    {},
    [['js[npm: npm.sh yarn: yarn.sh]', 'ruby[install.rb]', 'python[install.py]']],
  ],
  [
    'tabs that take the file of the block',
    '<CodeBlock file="one">\n  <CodeBlockTab title="Node" language="js" />\n  <CodeBlockTab title="Ruby" language="ruby" />\n</CodeBlock>',
    ['one.ts', 'one.rb'],
    {},
    [['js[Node: one.ts]', 'ruby[Ruby: one.rb]']],
  ],
  [
    'a file on a block with tabs, which names no snippet',
    MANAGERS.replace('title="Install"', 'file="install"'),
    ['npm.sh', 'yarn.sh'],
    {},
    [['[npm: npm.sh yarn: yarn.sh]']],
  ],
  [
    'tabs that the author titled, in different languages',
    '<CodeBlock title="Both">\n  <CodeBlockTab title="First" file="two" language="ruby" />\n  <CodeBlockTab title="Second" file="one" region="setup" />\n</CodeBlock>',
    ['one.ts', 'two.ts', 'two.rb'],
    {},
    [['[First: two.rb Second: one.ts#setup]']],
  ],
  [
    'variants in several languages',
    '<CodeBlock title="Two ways">\n  <CodeBlockTab title="Short" file="one" />\n  <CodeBlockTab title="Long" file="two" />\n</CodeBlock>',
    ['one.ts', 'one.rb', 'two.ts', 'two.rb'],
    {},
    [['js[Short: one.ts Long: two.ts]', 'ruby[Short: one.rb Long: two.rb]']],
  ],
  [
    'frameworks beside an entry: each in its language',
    '<CodeBlock referenceId="f">\n  <CodeBlockTab title="Express" file="express" />\n  <CodeBlockTab title="Django" file="django" />\n</CodeBlock>',
    ['express.ts', 'django.py'],
    { f: 'js python' },
    [['js[Express: express.ts] f', 'python[Django: django.py] f']],
  ],
  ['an entry in JSON only', '<CodeBlock referenceId="f" />', [], { f: 'json' }, [['json[] f']]],
  [
    'an entry in JSON only, with what a program printed',
    '<CodeBlock referenceId="f" file="one" />',
    [snippetOf('one.ts', JSON_PRINTED)],
    { f: 'json' },
    [['json[| Response: one.ts] f']],
  ],
  [
    'an entry in JSON beside other languages, which needs no program',
    '<CodeBlock referenceId="f" file="one" />',
    ['one.ts'],
    { f: 'js json' },
    [['js[one.ts] f', 'json[] f']],
  ],
  [
    'one file beside two entries with different languages',
    '<CodeBlock referenceId="f" file="one" />\n\n<CodeBlock referenceId="g" file="one" />',
    ['one.ts', 'one.rb'],
    { f: 'js', g: 'ruby' },
    [['js[one.ts] f'], ['ruby[one.rb] g']],
  ],
  [
    'the same program twice',
    '<CodeBlock file="one" />\n\n<CodeBlock file="one" />',
    ['one.ts'],
    {},
    [['js[one.ts]'], ['js[one.ts]']],
  ],
  [
    'an entry twice: the second leads to the first',
    '<CodeBlock referenceId="f" />\n\n<CodeBlock referenceId="f" file="one" />',
    ['one.ts'],
    { f: 'js' },
    [['js[] f'], ['js[one.ts] see f']],
  ],
  [
    'tabs without a title',
    '<CodeBlock>\n  <CodeBlockTab file="one" />\n</CodeBlock>',
    ['one.ts'],
    {},
    [['js[one.ts]']],
  ],
  [
    'a printed answer alone',
    '<CodeBlock title="T">\n  <CodeBlockTab file="one" language="json" />\n</CodeBlock>',
    [snippetOf('one.ts', JSON_PRINTED)],
    {},
    [['[| Response: one.ts]']],
  ],
])('a CodeBlock shows %s', (_what, body, snippets, entries, tabs, findings = []) => {
  const resolved = resolve(body, snippets, entries);
  expect(resolved.tabs).toEqual(tabs);
  expect(resolved.findings).toEqual(findings);
  expect(new Set(resolved.blocks.map(({ id }) => id)).size).toBe(resolved.blocks.length);
  for (const { id } of resolved.blocks) expect(id).toMatch(/^[\w.-]+$/);
});

it('labels a shell program that is not a call of curl as one', () => {
  const { blocks } = resolve(MANAGERS, ['npm.sh', snippetOf('yarn.sh')]);
  expect(blocks[0]?.tabs[0]?.programs.map(({ label, grammar }) => [label, grammar])).toEqual([
    ['Shell', 'shell'],
    ['Shell', 'shell'],
  ]);
  expect(resolve('<CodeBlock file="curl" />', ['curl.sh']).blocks[0]?.tabs[0]?.programs[0]?.label).toBe('cURL');
});

it('puts the heading of its entry one level below the heading above it', () => {
  const { blocks } = resolve(
    '<CodeBlock referenceId="f" />\n\n## Two\n\n### Three\n\n<CodeBlock file="one" />',
    ['one.ts'],
    { f: 'js' },
  );
  expect(blocks.map(({ headingDepth }) => headingDepth)).toEqual([2, 4]);
});

describe('a CodeBlock is reported', () => {
  it.each([
    [
      'with an id that no page declares',
      '<CodeBlock referenceId="g" />',
      'Cannot show reference "g": no page declares an entry with that id',
    ],
    [
      'with neither id nor file',
      '<CodeBlock title="T" />',
      'Cannot show a CodeBlock: it needs "referenceId" or "file"',
    ],
    [
      'with a tab without a file',
      '<CodeBlock title="T">\n  <CodeBlockTab title="A" />\n</CodeBlock>',
      'Cannot show a CodeBlockTab: it needs "file"',
    ],
    [
      'with a tab in a language that its file lacks',
      '<CodeBlock title="T">\n  <CodeBlockTab file="py" language="ruby" />\n</CodeBlock>',
      'Cannot show "py" in ruby: it exists in python only',
    ],
    [
      'with an answer that is not JSON',
      '<CodeBlock title="T">\n  <CodeBlockTab file="one" language="json" />\n</CodeBlock>',
      'Cannot show what "one" printed as JSON: its output is not valid JSON',
    ],
    [
      'with a snippet in a language that no entry beside it has',
      '<CodeBlock referenceId="f" file="py" />',
      'Cannot show snippets/py.py: entry "f" has no python reference',
    ],
  ])('%s', (_name, body, expected) => {
    const { findings } = resolve(body, ['one.ts', 'py.py'], { f: 'js ruby' });
    expect(findings.join('\n')).toContain(expected);
  });
});
