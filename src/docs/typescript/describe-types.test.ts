import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DescribedType } from './describe-types.ts';
import { examinePrograms } from './examine.ts';
import { readSnippets } from '../snippets/source/read.ts';
import { type Snippet, readSnippet } from '../snippets/source/snippet.ts';

const SOURCE = `import { type CookiePassword, WorkOS } from 'authkit-session-helpers';
import { createHmac } from 'node:crypto';

// #region setup
const workos = new WorkOS();
const cookiePassword: CookiePassword | undefined = process.env.WORKOS_COOKIE_PASSWORD;
// #endregion

// session is no identifier here, and neither is it in 'session'
const session = workos.userManagement.loadSealedSession({ sessionData: 'session', cookiePassword });
const result = await session.authenticate<{ plan: string }>();
if (!result.authenticated) {
  console.log(result.reason);
} else {
  for (let index = 0; index < 2; index++) console.log(result.claims.plan, \`\${index} session\`);
}
const lengthOf = (text: string) => createHmac('sha256', text).digest('hex').length;
console.log(Object.entries({ a: 1 }).map(([key, value]) => [key, value, lengthOf(key)]));

// Output:
// never
`;

function snippetOf(source: string, path: string): Snippet {
  const read = readSnippet(source, path);
  if (!read) throw new Error(`Cannot read ${path}`);
  return read.snippet;
}

/** What the compiler knows of the identifiers of each, by id. */
async function describeTypes(snippets: readonly Snippet[]): Promise<Map<string, DescribedType[]>> {
  const described = snippets
    .filter(({ language }) => language === 'js')
    .map((each) => ({ ...each, needs: each.directives.needs }));
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const { types } = await examinePrograms({ root, importName: 'authkit-session-helpers', checked: [], described });
  return new Map(Object.entries(types));
}

const snippet = snippetOf(SOURCE, 'snippets/described.ts');
let types: DescribedType[];
beforeAll(async () => {
  types = (await describeTypes([snippet])).get(snippet.id) ?? [];
});

/** The text each description is placed at, and what it says. */
function said(name: string): string[] {
  return types.filter((each) => textAt(snippet, each) === name).map(({ type }) => type);
}

function textAt({ code }: Snippet, { line, column, length }: DescribedType): string | undefined {
  return code.split('\n')[line - 1]?.slice(column - 1, column - 1 + length);
}

it.each([
  ['workos', ['const workos: WorkOS', 'const workos: WorkOS']],
  ['session', ['const session: SealedSession', 'const session: SealedSession']],
  [
    'loadSealedSession',
    ['(method) UserManagement.loadSealedSession(options: LoadSealedSessionOptions): SealedSession'],
  ],
  ['sessionData', ['(property) LoadSealedSessionOptions.sessionData: string | readonly string[] | undefined']],
  ['text', ['(parameter) text: string', '(parameter) text: string']],
  ['lengthOf', ['const lengthOf: (text: string) => number', 'const lengthOf: (text: string) => number']],
  ['index', Array.from({ length: 4 }, () => 'let index: number')],
  ['key', Array.from({ length: 3 }, () => '(parameter) key: string')],
  ['WORKOS_COOKIE_PASSWORD', ['(property) ProcessEnv.WORKOS_COOKIE_PASSWORD: string | undefined']],
])('says of %s what the compiler knows', (name, expected) => {
  expect(said(name)).toEqual(expected);
});

it('says what a name has been narrowed to where it stands', () => {
  const [whole, asked, failed, succeeded] = said('result');
  expect(whole).toBe('const result: AuthenticateResult<{ plan: string; }>');
  expect(asked).toBe(whole);
  expect(failed).toBe('const result: AuthenticateFailure');
  expect(succeeded).toBe('const result: AuthenticateSuccess<{ plan: string; }>');
});

it('spells the call that stands there, with its own type arguments', () => {
  expect(said('authenticate')).toEqual([
    '(method) SealedSession.authenticate(): Promise<AuthenticateResult<{ plan: string; }>>',
  ]);
  expect(said('digest')).toEqual(['(method) Hmac.digest(encoding: BinaryToTextEncoding): string']);
});

it("adds the first sentence of the package's own documentation, and nobody else's", () => {
  const about = (name: string) => types.find((each) => textAt(snippet, each) === name)?.about;
  expect(about('loadSealedSession')).toMatch(/^Loads .*\.$/);
  expect(about('digest')).toBeUndefined();
});

it('leaves out what says no more than its name', () => {
  expect(['console', 'log', 'process', 'env', 'Object'].flatMap(said)).toEqual([]);
});

describe('over every program of the site', () => {
  let described: [Snippet, DescribedType[]][];
  beforeAll(async () => {
    const { snippets } = await readSnippets({});
    const all = await describeTypes(snippets);
    described = snippets.filter(({ language }) => language === 'js').map((each) => [each, all.get(each.id) ?? []]);
  });

  it('places each description at an identifier of the shown code, in order and without overlap', () => {
    for (const [program, list] of described) {
      expect(list.length, program.id).toBeGreaterThan(0);
      for (const each of list)
        expect(textAt(program, each), `${program.id}:${each.line}`).toMatch(/^[\p{L}_$][\p{L}\d_$]*$/u);
      const places = list.map(({ line, column }) => line * 1_000 + column);
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    }
  });

  it('says each in one short line that names no file of this machine', () => {
    const lines = described.flatMap(([, list]) => list.flatMap(({ type, about = '' }) => [type, about]));
    expect(lines.filter((line) => /import\(|\n|node_modules|["'](?:\/\w+\/|file:)|\b__/.test(line))).toEqual([]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(240);
  });
});

it('describes nothing where there is no TypeScript, and starts no compiler for it', async () => {
  expect(await describeTypes([snippetOf('puts 1\n\n# Output:\n# 1\n', 'snippets/one.rb')])).toEqual(new Map());
});

it('describes a program as given, whatever lies on the disk', async () => {
  const given = snippetOf('const answer = [1];\nconsole.log(answer);\n\n// Output:\n// [ 1 ]\n', 'snippets/home.ts');
  const all = await describeTypes([given]);
  expect(all.get('home.ts')?.map(({ type }) => type)).toEqual(['const answer: number[]', 'const answer: number[]']);
});

it('cuts a long type at the end of one of its parts', async () => {
  const fields = Array.from({ length: 40 }, (_, index) => `field${index}: ${index}`).join(', ');
  const given = snippetOf(`const long = { ${fields} };\nconsole.log(long);\n\n// Output:\n// …\n`, 'snippets/long.ts');
  const [first] = (await describeTypes([given])).get('long.ts') ?? [];
  expect(first?.type).toMatch(/^const long: \{ field0: number; /);
  expect(first?.type.length).toBeLessThanOrEqual(160);
});
