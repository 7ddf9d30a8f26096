import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { formatFinding } from '../findings/index.ts';
import type { PageFrontmatter } from '../pages/index.ts';
import { type Property, findEntries, frontmatterSchema, resolveReference } from './index.ts';

function page(path: string, yaml: string): PageFrontmatter {
  return { file: `content${path}.mdx`, page: path, yaml, firstLine: 2 };
}

function outline(rows: readonly Property[], indent = ''): string[] {
  return rows.flatMap((row) => {
    const type = row.type.map((part) => (part.href ? `[${part.text}](${part.href})` : part.text)).join('');
    const marks = [row.optional && 'optional', row.expanded && 'expanded'].filter(Boolean).join(' ');
    const line = `${indent}${row.key}: ${type} ${marks} — ${row.description ?? ''}`.replaceAll(/ +/g, ' ').trimEnd();
    return [indent + line.trimStart(), ...outline(row.properties, `${indent}  `)];
  });
}

const INDEX = page('/api', 'descriptions:\n  session:\n    data: The sealed session.\n');

it('resolves the original seed page', async () => {
  const text = await readFile(
    new URL('../../../content/reference/authkit/session-helpers/load-sealed-session.mdx', import.meta.url),
    'utf8',
  );
  const yaml = text.split(/^---$/m)[1] ?? '';
  const seed = { file: 'seed.mdx', page: '/seed', yaml: yaml.trimStart(), firstLine: 2 };
  const index = page(
    '/',
    'descriptions:\n  authentication:\n    session_data: The session.\n    cookie_password_unseal: The password.\n',
  );
  const { pages, findings } = resolveReference([index, seed]);
  expect(findings).toEqual([]);
  const entries = findEntries(pages, 'load_sealed_session', '/seed');
  expect(entries.map((entry) => [entry.language, entry.title])).toEqual([
    ['js', 'userManagement.loadSealedSession()'],
    ['ruby', 'UserManagement.load_sealed_session()'],
    ['python', 'user_management.load_sealed_session()'],
  ]);
  expect(outline(entries[2]?.parameters ?? [])).toEqual([
    'sealed_session: string — The session.',
    'cookie_password: string — The password.',
  ]);
});

it('looks up descriptions on the page, then its ancestors, then the whole site', () => {
  const rows =
    'reference:\n  js:\n    - key: f\n      parameters:\n' +
    ['own', 'above', 'far'].map((key) => `        - key: ${key}\n          description: (a.${key})\n`).join('');
  const { pages, findings } = resolveReference([
    page('/x/y', `descriptions:\n  a:\n    own: from the page\n${rows}`),
    page('/x', 'descriptions:\n  a:\n    own: hidden by the page\n    above: from above\n'),
    page('/other', 'description:\n  a:\n    far: from far\n'),
  ]);
  expect(findings).toEqual([]);
  expect(outline(pages[0]?.entries[0]?.parameters ?? [])).toEqual([
    'own: — from the page',
    'above: — from above',
    'far: — from far',
  ]);
});

it('keeps Markdown, and text in parentheses that is not a path', () => {
  const { pages } = resolveReference([
    page('/x', 'reference:\n  js:\n    - key: f\n      description: (as *usual*)\n'),
  ]);
  expect(pages[0]?.entries[0]?.description).toBe('(as *usual*)');
});

it('replaces a symbol by its entry or property, and links types to entries', () => {
  const { pages, findings } = resolveReference([
    page(
      '/user',
      'reference:\n  ruby:\n    - key: User\n      id: user\n      description: A person.\n      properties:\n        - key: id\n          type: string\n        - key: friend\n          type: User\n',
    ),
    page(
      '/f',
      'reference:\n  ruby:\n    - key: f\n      parameters:\n        - (User.id)\n        - key: all\n          type: List<User> | "User"\n      returns:\n        - (User)\n',
    ),
  ]);
  expect(findings).toEqual([]);
  const entry = pages[1]?.entries[0];
  expect(outline(entry?.parameters ?? [])).toEqual(['id: string —', 'all: List<[User](/user#ruby.user)> | "User" —']);
  expect(outline(entry?.returns ?? [])).toEqual([
    'User: [User](/user#ruby.user) — A person.',
    '  id: string —',
    '  friend: [User](/user#ruby.user) —',
  ]);
});

it('stops at an entry that contains itself', () => {
  const { pages } = resolveReference([
    page(
      '/tree',
      'reference:\n  js:\n    - key: Tree\n      properties:\n        - (Tree)\n      returns:\n        - (Tree)\n',
    ),
  ]);
  expect(outline(pages[0]?.entries[0]?.returns ?? [])).toEqual([
    'Tree: [Tree](/tree#js.Tree) —',
    '  Tree: [Tree](/tree#js.Tree) —',
  ]);
});

it('gives every row a unique anchor', () => {
  const both =
    'reference:\n  js:\n    - key: f\n      parameters:\n        - { key: options, unwrap: true, properties: [{ key: id }, { key: id }] }\n      returns:\n        - { key: id }\n';
  const { pages } = resolveReference([page('/x', both)]);
  const anchors = (rows: readonly Property[]): string[] =>
    rows.flatMap((row) => [row.anchor, ...anchors(row.properties)]);
  const entry = pages[0]?.entries[0];
  expect(anchors([...(entry?.parameters ?? []), ...(entry?.returns ?? [])])).toEqual([
    'js.f.id',
    'js.f.id-2',
    'js.f.returns.id',
  ]);
});

it('prefers an entry on its own page', () => {
  const declare = (title: string) => `reference:\n  go:\n    - key: f\n      id: f\n      title: ${title}\n`;
  const { pages } = resolveReference([page('/a', declare('first')), page('/b', declare('second')), INDEX]);
  expect(findEntries(pages, 'f', '/b').map((entry) => entry.title)).toEqual(['second']);
  expect(findEntries(pages, 'f', '/api').map((entry) => entry.title)).toEqual(['first']);
  expect(findEntries(pages, 'g', '/b')).toEqual([]);
});

const FAULTS: [name: string, yaml: string, finding: string][] = [
  [
    'YAML that does not parse',
    'reference:\n  js: [\n',
    'content/x.mdx:4:1 Cannot read the frontmatter: Flow sequence in block collection must be sufficiently indented and end with a ]\n  fix: Fix the YAML',
  ],
  [
    'a field of the wrong kind',
    'reference:\n  js:\n    - key: f\n      parameters:\n        - key: a\n          optional: "yes"\n',
    'content/x.mdx:7:21 Cannot read "reference.js.0.parameters.0.optional": found the string "yes", expected a boolean\n',
  ],
  [
    'a map instead of text',
    'reference:\n  js:\n    - key: f\n      title: { a: b }\n',
    'content/x.mdx:5:14 Cannot read "reference.js.0.title": found a map, expected a string or a number or a boolean or a null\n',
  ],
  [
    'a pattern that is not a regular expression',
    'reference:\n  js:\n    - key: f\n      patternBefore: users(\n',
    'content/x.mdx:5:22 Cannot read "reference.js.0.patternBefore": found the string "users(", expected a regular expression\n',
  ],
  [
    'a list instead of a map',
    'descriptions:\n  - a\n',
    'content/x.mdx:3:3 Cannot read "descriptions": found a list, expected a map\n',
  ],
  [
    'a symbol without its closing parenthesis',
    'reference:\n  js:\n    - key: f\n      returns:\n        - (User\n',
    'content/x.mdx:6:11 Cannot read "reference.js.0.returns.0": found the string "(User", expected a symbol in parentheses, such as (User) or (Invitation.id)',
  ],
  [
    'an entry without a key',
    'reference:\n  js:\n    - id: f\n',
    'content/x.mdx:4:7 Cannot read "reference.js.0.key": found nothing, expected ',
  ],
  [
    'an unknown path of a description',
    'reference:\n  js:\n    - key: f\n      description: (session.dta)\n',
    'content/x.mdx:5:20 Cannot resolve the description (session.dta): no page has that path in its descriptions (nearest "session.data")\n  fix: ',
  ],
  [
    'a symbol of another language',
    'reference:\n  js:\n    - key: Usr\n  ruby:\n    - key: User\n      returns:\n        - (Usr)\n',
    'content/x.mdx:8:11 Cannot resolve the symbol (Usr): no ruby entry or property has that key (nearest "User")\n',
  ],
  [
    'a symbol of a missing property',
    'reference:\n  js:\n    - key: User\n      properties: [{ key: email }]\n    - key: f\n      returns:\n        - (User.emial)\n',
    'content/x.mdx:8:11 Cannot resolve the symbol (User.emial): no js entry or property has that key (nearest "User.email")\n',
  ],
  [
    'a repeated id',
    'reference:\n  js:\n    - { key: f, id: one }\n    - { key: g, id: one }\n',
    'content/x.mdx:5:21 Cannot declare js entry "one" twice: line 4 has the same id\n',
  ],
];

it.each(FAULTS)('reports %s with its position and a fix', (_name, yaml, expected) => {
  const { findings } = resolveReference([page('/x', yaml), INDEX]);
  expect(findings.map(formatFinding).join('\n')).toContain(expected);
  expect(findings).toHaveLength(1);
});

it('reports a path that has different texts on two pages', () => {
  const { findings } = resolveReference([
    page('/a', 'descriptions:\n  id: one thing\n'),
    page('/b', 'descriptions:\n  id: another\n'),
    page('/x', 'reference:\n  js:\n    - key: f\n      description: (id)\n'),
  ]);
  expect(findings.map(formatFinding)).toEqual([
    expect.stringContaining('content/x.mdx:5:20 Cannot choose a text for (id): /a and /b have different ones'),
  ]);
});

it('still reads the valid entries of a page with an invalid one', () => {
  const { pages, findings } = resolveReference([
    page('/x', 'title: 3\ndescriptions:\n  a: text\nreference:\n  js:\n    - key: f\n      description: (a)\n'),
  ]);
  expect(findings).toHaveLength(1);
  expect(pages[0]?.entries[0]?.description).toBe('text');
});

it('is described for editors by content/frontmatter.schema.json', async () => {
  const schema = z.toJSONSchema(frontmatterSchema, { io: 'input', unrepresentable: 'any' });
  const described = { title: 'Frontmatter of a page', ...schema };
  await expect(`${JSON.stringify(described, null, 2)}\n`).toMatchFileSnapshot(
    '../../../content/frontmatter.schema.json',
  );
});

describe('fields', () => {
  const resolve = (yaml: string, inputs?: Parameters<typeof resolveReference>[1]) =>
    resolveReference([{ file: 'content/x.mdx', page: '/x', yaml, firstLine: 2 }], inputs);
  const linesOf = (yaml: string, inputs?: Parameters<typeof resolveReference>[1]) =>
    resolve(yaml, inputs).findings.map((finding) => formatFinding(finding).split('\n')[0]);

  it('that nothing shows are reported, at any depth', () => {
    const yaml = `titel: X
reference:
  js:
    - key: f
      descripton: Text.
      originalPath: /old
      parameters:
        - key: a
          properties:
            - { key: b, optinal: true }
`;
    expect(linesOf(yaml)).toEqual([
      expect.stringContaining(
        'content/x.mdx:2:8 Cannot show the field "titel": there is no such field (nearest "title")',
      ),
      expect.stringContaining(
        'content/x.mdx:6:19 Cannot show the field "descripton": there is no such field (nearest "description")',
      ),
      expect.stringContaining(
        'content/x.mdx:11:34 Cannot show the field "optinal": there is no such field (nearest "optional")',
      ),
    ]);
    expect(linesOf(yaml, { keptFields: ['titel', 'descripton', 'optinal'] })).toEqual([]);
  });

  it('such as deprecated, badge and tag are shown as labels', () => {
    const yaml = `reference:
  js:
    - { key: f, deprecated: true, badge: Beta, sendsEmail: true, parameters: [{ key: a, deprecated: Use b., tag: New }] }
    - { key: g, deprecated: false }
`;
    const entries = resolve(yaml).pages[0]?.entries ?? [];
    expect(linesOf(yaml)).toEqual([]);
    expect(entries.map(({ labels }) => labels)).toEqual([['Deprecated', 'Beta', 'Sends an email'], []]);
    expect(entries[0]?.parameters[0]?.labels).toEqual(['Deprecated: Use b.', 'New']);
  });
});

it('links types to entries that a page shows, on the page that shows them', () => {
  const source = (page: string, yaml: string) => ({ file: `content${page}.mdx`, page, yaml, firstLine: 2 });
  const pages = [
    source('/f', 'reference:\n  js:\n    - { key: f, parameters: [{ key: a, type: User }, { key: b, type: Gone }] }\n'),
    source('/types', 'reference:\n  js:\n    - { key: User, id: user }\n    - { key: Gone, id: gone }\n'),
    source('/other', ''),
  ];
  const linksOf = (uses?: { page: string; id: string }[]) =>
    resolveReference(pages, { ...(uses && { uses }) }).pages[0]?.entries[0]?.parameters.map(
      ({ type }) => type[0]?.href,
    );
  expect(linksOf()).toEqual(['/types#js.user', '/types#js.gone']);
  expect(linksOf([{ page: '/f', id: 'f' }])).toEqual([undefined, undefined]);
  expect(linksOf([{ page: '/other', id: 'user' }])).toEqual(['/other#js.user', undefined]);
  expect(
    linksOf([
      { page: '/other', id: 'user' },
      { page: '/types', id: 'user' },
    ]),
  ).toEqual(['/types#js.user', undefined]);
});
