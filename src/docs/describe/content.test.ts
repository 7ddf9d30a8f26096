import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../findings/index.ts';
import { type PageTree, checkLinks, readNavigation, readPageTree } from '../pages/index.ts';
import { catalogueFindings } from './check-site.ts';
import { linkTarget } from './content.ts';

const PAGE = `---
title: A page
---

## First *words*

The lede, with \`code\`.

<CodeBlock
  referenceId="f"
  title="T"
  file="one"
/>

### Below

See [the other](/other#row) and <a href="#below">this</a>.

<CodeBlock file="two" />
`;

describe('reading a page', () => {
  const source = readPageTree(PAGE, 'content/a/b.mdx');

  it('derives the path of a page from the path of its file', () => {
    expect(source.path).toBe('/a/b');
    expect(readPageTree('', 'content/a/index.mdx').path).toBe('/a');
    expect(readPageTree('', 'content/index.mdx').path).toBe('/');
    expect(readPageTree('', 'content/reindex.mdx').path).toBe('/reindex');
  });

  it.each(['100%', 'a?b', 'a#b'])('rejects a file name that cannot be part of an address: %s', (name) => {
    expect(readPageTree('# Title\n', `content/${name}.mdx`).findings.map(formatFinding)).toEqual([
      `content/${name}.mdx:1 Cannot create the page's address: its path /${name} contains one of % ? # \\\n` +
        '  fix: Rename the file.',
    ]);
  });

  it('finds headings, blocks and links with their positions', () => {
    expect(source.lede).toBe('The lede, with code.');
    expect(source.headings.map(({ slug, depth, line }) => [slug, depth, line])).toEqual([
      ['first-words', 2, 5],
      ['below', 3, 15],
    ]);
    expect(source.blocks).toMatchObject([
      { referenceId: 'f', title: 'T', file: 'one', line: 9, column: 1, under: { slug: 'first-words' } },
      { file: 'two', line: 19, under: { slug: 'below' } },
    ]);
    expect(source.links.map(({ url, line }) => [url, line])).toEqual([
      ['/other#row', 17],
      ['#below', 17],
    ]);
    expect(source.frontmatter.values).toEqual({ title: 'A page' });
  });

  it('reports MDX that does not parse, with its position', () => {
    const { findings } = readPageTree('# A\n\n<CodeBlock file="x\n', 'content/x.mdx');
    expect(findings.map(formatFinding)).toEqual([expect.stringMatching(/^content\/x\.mdx:3:1 Cannot read the page: /)]);
  });

  it('reports an unknown component, and an unknown list of error codes', () => {
    const page = readPageTree('# A\n\n<Calout>a</Calout>\n\n<ErrorCatalogue appears="thrwon" />\n', 'content/x.mdx');
    const findings = [...page.findings, ...catalogueFindings(page, { thrown: [], returned: [], warned: [] })];
    expect(findings.map(formatFinding)).toEqual([
      expect.stringContaining(
        'content/x.mdx:3:1 Cannot draw <Calout>: pages have CodeBlock, CodeBlockTab, Callout, ErrorCatalogue, Install, ProjectLinks (nearest "Callout")',
      ),
      expect.stringContaining(
        'content/x.mdx:5:1 Cannot list error codes: there is no list "thrwon", expected one of thrown, returned, warned (nearest "thrown")',
      ),
    ]);
  });

  it('reports an own component that has no Markdown form', () => {
    const read = (use: string) =>
      readPageTree(`import Own from './Own.astro';\n\n# A\n\n${use}\n`, 'content/x.mdx').findings.map(
        ({ code }) => code,
      );
    expect(read('<Own />')).toEqual(['component-without-markdown']);
    expect(read('<Own>Text</Own>')).toEqual([]);
    expect(read('<Own markdown="" />')).toEqual([]);
    expect(read('<Other markdown="" />')).toEqual(['component-unknown']);
  });

  it('reports an attribute that is an expression, which cannot be checked', () => {
    const { findings } = readPageTree('# A\n\n<CodeBlock file={name} />\n', 'content/x.mdx');
    expect(findings.map(formatFinding)).toEqual([
      expect.stringContaining(
        'content/x.mdx:3:1 Cannot read <CodeBlock file>: found an expression, expected plain text in quotes',
      ),
    ]);
  });
});

describe('the navigation', () => {
  const pages = ['content/index.mdx', 'content/a.mdx', 'content/b.mdx'].map((file) => readPageTree('# Title\n', file));
  const read = (text: string) => readNavigation(text, 'content/navigation.yaml', pages);

  it('orders the site', () => {
    const { sections, findings } = read('sections:\n  - title: All\n    pages: [/b, /a]\n');
    expect(findings).toEqual([]);
    expect(sections).toEqual([{ title: 'All', pages: ['/b', '/a'] }]);
  });

  it.each([
    [
      'a page that does not exist',
      'sections:\n  - title: All\n    pages:\n      - /a\n      - /b\n      - /bb\n',
      'content/navigation.yaml:6:9 Cannot list /bb: there is no such page (nearest "/b")',
    ],
    [
      'a page listed twice',
      'sections:\n  - title: All\n    pages: [/a, /b, /a]\n',
      'content/navigation.yaml:3:21 Cannot list /a twice',
    ],
    [
      'an unlisted page',
      'sections:\n  - title: All\n    pages: [/a]\n',
      'content/b.mdx:1 warning: Cannot add the page /b to the navigation: content/navigation.yaml does not list it',
    ],
    [
      'an unknown field',
      'sections:\n  - title: All\n    pages: [/a, /b]\n    pags: []\n',
      'content/navigation.yaml:2:5 Cannot read the navigation: Unrecognized key',
    ],
    ['YAML that does not parse', 'sections: [\n', 'content/navigation.yaml:2:1 Cannot read the navigation: '],
  ])('reports %s', (_name, text, expected) => {
    expect(read(text).findings.map(formatFinding).join('\n')).toContain(expected);
  });
});

describe('links', () => {
  const other = linkTarget(readPageTree('# Other\n\n## Row\n', 'content/other.mdx'), [], {});
  const green = linkTarget(readPageTree('# Green\n', 'content/grün.mdx'), [], {});
  const row = { code: 'invalid_jwt', meaning: 'The token is not one.', remedy: 'Sign in again.' };
  const targetsWith = (source: PageTree) =>
    new Map([linkTarget(source, [], { returned: [row] }), other, green].map((target) => [target.path, target]));
  const check = (body: string) => {
    const source = readPageTree(`# Title\n\n${body}\n`, 'content/x.mdx');
    return checkLinks(source, targetsWith(source), new Set(['/file.txt']), ['https://img.example.com'])
      .map(formatFinding)
      .join('\n');
  };

  it.each([
    '[a](/other)',
    '[a](/other/)',
    '[a](./other.mdx#row)',
    '[a](other.mdx)',
    '[a](./gr%C3%BCn.mdx)',
    '[a](./file.txt)',
    '<a id="here"></a>[a](#here)',
    '[a](/other#row)',
    '[a](#title)',
    '[a](other#row)',
    '[a](/file.txt)',
    '[a](https://example.com/x)',
    '[a](mailto:a@example.com)',
    '[a](mailto:100%@example.com)',
    '[a](//example.com/a)',
    '[a](/\\\\example.com/a)',
    '[a](https://example.com/100%#100%)',
    '[a](?lang=ruby#title)',
    '[a](/other?lang=100%#row)',
    '[a](#t%69tle)',
    '[a](/%6fther)',
    '[a](/grün)',
    '<a href="">a</a>',
    '![a](/file.txt)',
    '![a](https://img.example.com/a.png)',
    '![a](data:image/gif;base64,R0lGODlhAQABAAAAACw=)',
  ])('%s has a target', (body) => {
    expect(check(body)).toBe('');
  });

  it.each([
    ['[a](/othr)', 'content/x.mdx:3:1 Cannot follow the link /othr: no page /othr (nearest "/other")'],
    [
      '[a](/other#rowe)',
      'content/x.mdx:3:1 Cannot follow the link /other#rowe: /other has no anchor "rowe" (nearest "row")',
    ],
    ['[a](#titel)', 'content/x.mdx:3:1 Cannot follow the link #titel: /x has no anchor "titel" (nearest "title")'],
    ['[a](othr)', 'content/x.mdx:3:1 Cannot follow the link othr: no page /othr'],
    ['[a](?lang=ruby#titel)', 'content/x.mdx:3:1 Cannot follow the link ?lang=ruby#titel: /x has no anchor "titel"'],
    ['[a][1]\n\n[1]: /othr', 'content/x.mdx:5:1 Cannot follow the link /othr: no page /othr'],
    [
      '![a](https://example.com/a.png)',
      'content/x.mdx:3:1 Cannot show the image https://example.com/a.png: browsers block',
    ],
    ['<img src="http://img.example.com/a.png" />', 'browsers block images from http://img.example.com'],
    ['![a][1]\n\n[1]: //example.com/a.png', 'content/x.mdx:5:1 Cannot show the image //example.com/a.png'],
    ['![a](/othr.png)', 'content/x.mdx:3:1 Cannot show the image /othr.png: no file /othr.png'],
    ['[a](./other.mdx#rowe)', 'content/x.mdx:3:1 Cannot follow the link /other#rowe: /other has no anchor "rowe"'],
    ['![a](./beside.png)', 'content/x.mdx:3:1 Cannot show the image /beside.png: no file /beside.png'],
  ])('%s has no target', (body, expected) => {
    expect(check(body)).toContain(expected);
  });

  it.each(['#100%', '#%ff', '/100%', '/other#%', '//', '///', '/\\\\', 'http://', 'https://[', 'http://a:b', '//%'])(
    'is reported with its position and a fix if it is not a valid address: %s',
    (url) => {
      const finding =
        'Cannot follow the link %s: it is not a valid address\n  fix: Correct the address. Write "%25" for a percent sign.';
      expect(check(`[a](${url})`)).toBe(`content/x.mdx:3:1 ${finding.replace('%s', url.replace('\\\\', '\\'))}`);
      expect(check(`<a href="${url}">a</a>`)).toContain('content/x.mdx:3:1 Cannot follow the link');
      const metadata = `---\nreference:\n  js:\n    - key: f\n      url: '${url}'\n      description: See [a](${url}).\n---\n\n# Title\n`;
      const source = readPageTree(metadata, 'content/x.mdx');
      expect(
        checkLinks(source, targetsWith(source), new Set()).map(({ code, line, column }) => [code, line, column]),
      ).toEqual([
        ['link-malformed', 5, 12],
        ['link-malformed', 6, 28],
      ]);
    },
  );

  it('can have any text', () => {
    const source = readPageTree('# Title\n', 'content/x.mdx');
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[/#?.:%\\a@[\]]{0,12}$/), fc.webUrl());
    fc.assert(
      fc.property(text, (url) => {
        const links = [{ url, line: 1, column: 1 }];
        expect(checkLinks({ ...source, links }, targetsWith(source), new Set()).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('can lead to an error code that the page lists, and to no other', () => {
    const list = '<ErrorCatalogue appears="returned" />\n\n';
    expect(check(`${list}[a](#invalid_jwt)`)).toBe('');
    expect(check(`${list}[a](#missing_client_id)`)).toContain(
      'content/x.mdx:5:1 Cannot follow the link #missing_client_id',
    );
  });

  it('is a field of an entry, on one line or several, and not a key of descriptions', () => {
    const source = readPageTree(
      '---\nreference:\n  js:\n    - key: f\n      url:\n        /othr\ndescriptions:\n  link:\n    url: /nowhere is a word.\n---\n\n# Title\n',
      'content/x.mdx',
    );
    expect(checkLinks(source, targetsWith(source), new Set()).map(({ code, line }) => [code, line])).toEqual([
      ['link-dead', 6],
    ]);
  });

  it('is also checked in the metadata of an entry', () => {
    const source = readPageTree(
      '---\nreference:\n  js:\n    - key: f\n      url: /othr\n      description: See [this](/other#rwo).\n---\n\n# Title\n',
      'content/x.mdx',
    );
    expect(
      checkLinks(source, targetsWith(source), new Set()).map(({ code, line, column }) => [code, line, column]),
    ).toEqual([
      ['link-dead', 5, 12],
      ['anchor-dead', 6, 31],
    ]);
  });
});
