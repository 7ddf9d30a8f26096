import { expect, it } from 'vitest';
import type { DescribedSite, Page } from '../describe/index.ts';
import { plainProject } from '../options/testdata/plain-project.ts';
import { readPageTree } from '../pages/index.ts';
import { describeTexts } from './llms-texts.ts';

const LANGUAGES = [
  { language: 'js', label: 'Node.js' },
  { language: 'ruby', label: 'Ruby' },
];
const INSTALLATION = { target: 'weather', here: false, links: [], libraries: {} };

/** A page with this text, whose blocks show a program in each of these languages. */
function page(path: string, text: string, shown: readonly string[] = []): Page {
  const tree = readPageTree(text, `content${path}.mdx`);
  const tabs = shown.map((language) => ({
    language,
    label: language,
    programs: [{ language, label: language, grammar: language, snippet: { code: `# ${language}` }, note: 'Not run.' }],
    answers: [],
  }));
  const facts = { path, markdownPath: `${path === '/' ? '/index' : path}.md`, title: tree.headings[0]?.text };
  const blocks = tree.blocks.map(({ line }) => ({ line, tabs }));
  const first = tree.headings[0]?.slug;
  return {
    ...facts,
    description: `About ${facts.title}.`,
    titleSlug: first,
    tree,
    blocks,
    fences: [],
    catalogues: new Map(),
    installation: INSTALLATION,
    languages: LANGUAGES,
  } as unknown as Page;
}

const PAGES = [
  page('/', '# Weather\n\nRain.\n'),
  page('/rain', '# Rain\n\n[Snow](/snow#flakes)\n\n<CodeBlock file="a" />\n', ['js', 'ruby']),
  page('/snow', '# Snow\n\n<CodeBlock file="b" />\n', ['js']),
];
const SUMMARY = page('/llms', '# For agents\n\n## Use `x`\n\nRead [Rain](/rain).\n\n```sh\n# not a heading\n```\n');

function textsOf(pages: readonly Page[], { base = '', siteUrl }: { base?: string; siteUrl?: string } = {}) {
  const sections = [{ title: 'Guides', pages: pages.slice(1).map(({ path }) => path) }];
  const content = { siteUrl, sections } as unknown as DescribedSite['content'];
  const files = describeTexts({ project: { ...plainProject('/nowhere'), base }, pages: [...pages], content });
  return (path: string) => files.get(path)?.();
}

it('begins each page with the address of llms.txt, which is absolute if the site knows its own', () => {
  expect(textsOf(PAGES)('/snow.md')).toMatch(/^> Index of all pages: \[llms\.txt\]\(\/llms\.txt\)\n\n# Snow\n/);
  const published = textsOf(PAGES, { base: '/docs', siteUrl: 'https://weather.test' });
  expect(published('/rain.md')).toMatch(
    /^> Index of all pages: \[llms\.txt\]\(https:\/\/weather\.test\/docs\/llms\.txt\)\n\n# Rain\n/,
  );
  expect(published('/rain.md')).toContain('[Snow](https://weather.test/docs/snow#flakes)');
  expect(published('/llms-full.txt')).toContain('<!-- https://weather.test/docs/rain -->\n\n# Rain\n');
  for (const [, address] of published('/llms.txt')?.matchAll(/\]\(([^)]*)\)/g) ?? [])
    expect(address).toMatch(/^https:\/\/weather\.test\/docs\//);
  expect(textsOf(PAGES, { base: '/docs' })('/llms.txt')).toContain('- [Snow](/docs/snow.md): About Snow.');
});

it('lists all pages in llms.txt, below the command that installs the package', () => {
  expect(textsOf(PAGES)('/llms.txt')).toBe(`# Weather

> About Weather.

Install: \`npm install weather\`

Each link leads to a page in Markdown; its address without \`.md\` is the same page in HTML. The examples ran when this site was built, and the pages show what they printed. An example that did not run says so.

## Guides

- [Rain](/rain.md): About Rain.
- [Snow](/snow.md): About Snow.

## Optional

- [Weather](/index.md): About Weather.
- [All pages in one file](/llms-full.txt)
- [All pages, with examples in Node.js only](/llms-full.js.txt): an example without a Node.js version is shown in its other languages
- [All pages, with examples in Ruby only](/llms-full.ruby.txt): an example without a Ruby version is shown in its other languages
`);
});

it('has the text of the page /llms in place of that command, and does not list it', () => {
  const text = textsOf([...PAGES, SUMMARY], { base: '/docs' })('/llms.txt') ?? '';
  expect(text).toContain(
    '> About Weather.\n\n**Use `x`**\n\nRead [Rain](/docs/rain).\n\n```sh\n# not a heading\n```\n\nEach link',
  );
  expect(text).not.toContain('llms.md');
  expect(text).not.toContain('For agents');
});

it('has each program once in the file of a language, and those that the language does not have', () => {
  const texts = textsOf(PAGES);
  const programs = (path: string) =>
    [...(texts(path) ?? '').matchAll(/^```(js|ruby)\n/gm)].map(([, language]) => language);
  expect(programs('/llms-full.txt')).toEqual(['js', 'ruby', 'js']);
  expect(programs('/llms-full.ruby.txt')).toEqual(['ruby', 'js']);
  expect(programs('/llms-full.js.txt')).toEqual(['js', 'js']);
});
