import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { formatFinding } from '../../findings/index.ts';
import { readPageTree } from './page-tree.ts';

/** The ids of headings from Astro's own MDX compiler. */
async function idsOfAstro(text: string): Promise<string[]> {
  const require = createRequire(createRequire(import.meta.url).resolve('@astrojs/mdx'));
  const { satteri } = (await import(
    pathToFileURL(require.resolve('@astrojs/markdown-satteri')).href
  )) as typeof import('@astrojs/markdown-satteri');
  const renderer = (await satteri().createMdxRenderer?.(
    { syntaxHighlight: false } as never,
    {} as never,
  )) as unknown as {
    process(text: string, path: string, frontmatter: object): Promise<{ code: string }>;
  };
  const { code } = await renderer.process(text, '/x.mdx', {});
  const [, headings = '[]'] = /getHeadings\(\) \{ return (.*); \}/.exec(code) ?? [];
  return (JSON.parse(headings) as { slug: string }[]).map(({ slug }) => slug);
}

it.each([
  'Smart -- quotes',
  'Three --- dashes and ... dots',
  "\"Double\" and 'single' and it's",
  '`code` and *emphasis* and **more**',
  'A [link](/a) and ![an image](b.png)',
  'a &amp; b &lt; c',
  'Größe, 長さ, 🎉 and `a--b`',
  'With <b>HTML</b> in it',
  'Same',
  'a ~~b~~ c_d_e \\* f',
])('gives the heading %j the same id as Astro', async (heading) => {
  const text = `## ${heading}\n\n## ${heading}\n`;
  expect(readPageTree(text, 'content/x.mdx').headings.map(({ slug }) => slug)).toEqual(await idsOfAstro(text));
});

it.each([
  ['with Windows line ends', '---\r\ntitle: T\r\n---\r\n\r\n# A\r\n'],
  ['after a byte order mark', '\uFEFF---\ntitle: T\n---\n\n# A\n'],
  ['with spaces after its delimiters', '---  \ntitle: T\n---  \n\n# A\n'],
])('removes the frontmatter %s', (_what, text) => {
  const { frontmatter, headings } = readPageTree(text, 'content/x.mdx');
  expect(frontmatter.values).toEqual({ title: 'T' });
  expect(frontmatter.firstLine).toBe(2);
  expect(headings).toMatchObject([{ text: 'A', line: 5 }]);
});

it('accepts comments and expressions that name a literal or a frontmatter value', () => {
  const text = "---\ntitle: T\n---\n\nexport const limit = 5;\n\n{limit} {frontmatter.title} {'x'} {/* nothing */}\n";
  expect(readPageTree(text, 'content/x.mdx').findings).toEqual([]);
});

it('reports an expression without a value on the page, with the nearest name', () => {
  const { findings } = readPageTree('export const limit = 5;\n\nAt most {limt}.\n', 'content/x.mdx');
  expect(findings.map(formatFinding)).toEqual([
    expect.stringMatching(/^content\/x\.mdx:3:9 Cannot write \{limt\} as text: .*\(nearest "limit"\)/),
  ]);
});
