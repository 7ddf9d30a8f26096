/** The fixture projects of testdata/: each fault is found, and nothing is found where there is none. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainProject } from '../options/testdata/plain-project.ts';
import { formatFinding } from '../findings/index.ts';
import { type VerifyOptions, verifySnippets } from './verify.ts';

const TESTDATA = join(import.meta.dirname, 'testdata');

function verifyFixture(name: string, options: Partial<VerifyOptions> = {}) {
  const issueEnvironment = async () => ({ FIXTURE_NAME: 'Ada', FIXTURE_API_KEY: 'sk_fixture_0123456789' });
  return verifySnippets({ project: plainProject(join(TESTDATA, name)), issueEnvironment, ...options });
}

/** Findings by file, each as the one line a person reads first. */
function describeFindings({ findings }: Awaited<ReturnType<typeof verifySnippets>>): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const finding of findings) {
    const [text = ''] = formatFinding(finding)
      .replace(/^snippets\//, '')
      .replaceAll('content/index.mdx', 'page')
      .split('\n');
    lines.set(finding.file, [...(lines.get(finding.file) ?? []), text]);
  }
  return lines;
}

const shown = /, shown at page:\d+(?:, page:\d+)*$/;

/** What stands in testdata/faulty/snippets, and all that is found in it. */
const FAULTS: Record<string, string[]> = {
  'output-missing.ts': [':1 Cannot tell the expected output: the program has no "// Output:" at its end'],
  'output-misspelt.ts': [
    ':3 Cannot tell the expected output: the program has no "// Output:" at its end (nearest "// output")',
  ],
  'output-repeated.ts': [
    ':6 Cannot tell the expected output: "// Output:" stands here and on line 3, one block is wanted',
  ],
  'output-misplaced.ts': [':3 Cannot tell the expected output: line 6 follows the block, it has to end the file'],
  'output-differs.ts': [':11 expected "second line" got "first line" (printed at line 4), and 1 more line differs'],
  'output-surplus.ts': [':6 expected no further line got "two" (printed at line 2)'],
  'output-lacking.ts': [':5 expected "two" got no further line'],
  'output-unproven.ts': [':4 Cannot prove the output: "@no-run" on line 1 keeps the program from running'],
  'output-secret.ts': [':1 Cannot show the output: it prints FIXTURE_API_KEY (21 characters)'],
  'directive-unknown.ts': [
    ':1 Cannot read "@norun": no such word, one of @no-run, @throws, @standalone, @native, @needs, @ts-expect-error is wanted (nearest "@no-run")',
  ],
  'directive-malformed.ts': [
    ':1 Cannot read "@no-run": "" follows it, a reason is wanted',
    ':2 Cannot tell the expected output: the program has no "// Output:" at its end',
  ],
  'directive-repeated.ts': [':2 Cannot read "@standalone": it stands here twice, once is wanted'],
  'compiler-silenced.ts': [
    ':1 Cannot read "@ts-nocheck": no such word, one of @no-run, @throws, @standalone, @native, @needs, @ts-expect-error is wanted',
  ],
  'region-nested.ts': [':3 Cannot open region "more": region "setup" of line 1 is still open'],
  'region-unclosed.ts': [':1 Cannot use region "setup": it is never closed'],
  'region-unopened.ts': [':2 Cannot close a region: none is open'],
  'region-repeated.ts': [':4 Cannot open region "setup": the program has one of that name already'],
  'region-empty.ts': [':2 Cannot use region "setup": there is no line in it'],
  'region-unnamed.ts': [':1 Cannot open a region: its name is "", lower-case words joined by hyphens are wanted'],
  'syntax-error.ts': [':1:13 Cannot read the program: Expression expected (TS1109)'],
  'type-error.ts': [":1:21 Cannot type-check the program: Type 'string' is not assignable to type 'number' (TS2322)"],
  'import-foreign.ts': [
    ':1:19 Cannot import "zod": a reader who installs fixture-package has Node and that package only',
  ],
  'import-neighbour.ts': [
    ':1:8 Cannot import "./output-missing.ts": a reader who installs fixture-package has Node and that package only',
  ],
  'needs-other.ts': [
    ':3:19 Cannot import "zod/v4": a reader who installs fixture-package has Node and that package only',
  ],
  'needs-unpinned.ts': [
    ':1 Cannot run with "zod": package.json does not have it, one exact version among its devDependencies is wanted',
    ':1 Cannot run with "loose-package": package.json asks for ^1.0.0, one exact version among its devDependencies is wanted',
  ],
  'needs-unused.ts': [
    ':1 Cannot ask a reader to install "yaml": the program does not import it',
    ':1 Cannot ask a reader to install "@types/hono": the program does not import it',
  ],
  'needs-ruby.rb': [':1 Cannot install "yaml": "@needs" names packages of npm, for programs in TypeScript only'],
  'throws.ts': [':3 Cannot run to its end: it threw RangeError: no such page'],
  'throws-later.ts': [':2 Cannot run to its end: it threw RangeError: no such page'],
  'rejects-unseen.ts': [':3 Cannot run to its end: it threw RangeError: no such page'],
  'throws-other.ts': [':1 Cannot confirm @throws TypeError: it threw RangeError at line 2: no such page'],
  'throws-nothing.ts': [':1 Cannot confirm @throws TypeError: it ended without throwing'],
  'exits-badly.ts': [':1 Cannot run to its end: it ended with exit code 3, 0 is wanted'],
  'sets-exit-code.ts': [':1 Cannot run to its end: it ended with exit code 3, 0 is wanted'],
  'stuck.ts': [':1 Cannot run to its end: it awaits what nothing can settle any more (it printed last at line 1)'],
  'floods.ts': [':1 Cannot run to its end: stopped after 65,536 bytes of output'],
  'leaves-global.ts': [':1 Cannot run other programs behind it: it leaves globalThis.fetch, globalThis.one changed'],
  'leaves-prototype.ts': [':1 Cannot run other programs behind it: it leaves Array.prototype.second changed'],
  'leaves-environment.ts': [':1 Cannot run other programs behind it: it leaves process.env.ONE changed'],
  'leaves-listener.ts': [':1 Cannot run other programs behind it: it leaves process.on("SIGTERM") changed'],
  'twins.ts': [],
  'twins.rb': [':3 Cannot show twins.rb beside twins.ts: their expected outputs differ, the same is wanted'],
  'shell.sh': [':1 Cannot run the program: languages.ts has no runner for "curl", and what did not run is not shown'],
  'native-typescript.ts': [
    ':1 Cannot run the program with the machine\'s own interpreter: languages.ts names none for "js"',
  ],
  'native-absent.rb': [],
  'notes.tsx': [':1 Cannot tell the language: the file name ends in none of .ts, .rb, .py, .sh (nearest ".ts")'],
  folder: [':1 Cannot read the program: it is a folder, a file is wanted'],
  'unshown.ts': [':1 Cannot find a page that shows "unshown", one at least is wanted'],
};

describe('faulty programs', async () => {
  const verification = await verifyFixture('faulty');
  const lines = describeFindings(verification);

  it.each(Object.entries(FAULTS))('%s has exactly the findings it is there for', (id, expected) => {
    const found = lines.get(`snippets/${id}`) ?? [];
    expect(found.map((line) => line.replace(shown, '').slice(id.length))).toEqual(expected);
  });

  it('are said not to have run where the machine lacks their interpreter or a library', () => {
    expect(verification.unavailable.map(({ snippet, reason }) => [snippet.id, reason])).toEqual([
      ['native-absent.rb', 'no ruby with no_such_library on this machine'],
    ]);
    expect(verification.snippets.find(({ id }) => id === 'native-absent.rb')).toMatchObject({ ran: false, output: [] });
  });

  it('are all in the table', async () => {
    expect((await readdir(join(TESTDATA, 'faulty/snippets'))).sort()).toEqual(Object.keys(FAULTS).sort());
  });

  it('are found on every page that shows them', () => {
    const [finding] = lines.get('snippets/twins.rb') ?? [];
    expect(finding).toMatch(/, shown at page:73, page:83$/);
  });

  it('are looked for on pages, by name and by region', () => {
    expect(lines.get('content/index.mdx')).toEqual([
      'page:77:1 Cannot show snippet "output-difers": no such file in snippets/ (nearest "output-differs")',
      'page:83:3 Cannot show region "setpu": twins.rb has none of that name',
      'page:83:3 Cannot show region "setpu": twins.ts has none of that name',
      'page:84:3 Cannot show region "none": region-unnamed.ts has none of that name',
    ]);
  });

  it('are looked for on a page that cannot be parsed', () => {
    expect(lines.get('content/broken.mdx')).toEqual([
      'content/broken.mdx:3:1 Cannot show snippet "no-such-thing-at-all": no such file in snippets/',
    ]);
  });

  it('come with the syntax errors before the type errors, and those before what happened in runs', () => {
    const order = ['syntax-error', 'type-error', 'import-foreign', 'run-throws'];
    const places = order.map((code) => verification.findings.findIndex((finding) => finding.code === code));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(-1);
  });

  it('are never verified, but for one whose twin is to blame, and one this machine cannot run', () => {
    expect(verification.snippets.map(({ id }) => id)).toEqual(['native-absent.rb', 'twins.ts']);
  });

  it('say what to do, every one of them', () => {
    expect(verification.findings.filter(({ fix }) => !/^[A-Z].*\.$/.test(fix))).toEqual([]);
  });
});

describe('programs without an end', async () => {
  const verification = await verifyFixture('endless', { runTimeoutMs: 3_000 });
  const lines = describeFindings(verification);

  it.each([
    ['busy.ts', ':1 Cannot run to its end: stopped after 3,000 ms, busy without a pause (it printed last at line 1)'],
    ['waiting.ts', ':1 Cannot run to its end: stopped after 3,000 ms, waiting for Timeout (it printed last at line 1)'],
    ['left-open.ts', ':4 Cannot end after its last line: TCPServerWrap, Timeout kept it alive for 3,000 ms'],
  ])('%s is stopped, and the finding says what it was doing', (id, expected) => {
    const found = lines.get(`snippets/${id}`) ?? [];
    expect(found.map((line) => line.replace(shown, '').slice(id.length))).toEqual([expected]);
  });

  it('do not keep the others from running', () => {
    expect(verification.snippets.map(({ id, output }) => [id, output])).toEqual([['after-them.ts', ['still served']]]);
  });

  it('are stopped in processes of their own as well', async () => {
    // What it waits for is the same to a process that is ended.
    const { findings } = await verifyFixture('endless', { runTimeoutMs: 3_000, isolation: 'process', names: ['busy'] });
    expect(findings.map(({ code }) => code)).toEqual(['run-timeout']);
  });
});

describe.each(['shared', 'process'] as const)(
  'programs without a fault, run with isolation "%s"',
  async (isolation) => {
    const { snippets, findings } = await verifyFixture('sound', { isolation });

    it('have no findings', () => {
      expect(findings.map(formatFinding)).toEqual([]);
    });

    it('are verified, each of them', async () => {
      const files = await readdir(join(TESTDATA, 'sound/snippets'));
      expect(snippets.map(({ id }) => id).sort()).toEqual(files.sort());
    });

    it('have run, unless they say that they do not', () => {
      expect(snippets.filter(({ ran }) => !ran).map(({ id }) => id)).toEqual(['not-run.ts']);
    });

    it('come with what they printed', () => {
      const callbacks = snippets.find(({ id }) => id === 'callbacks.ts');
      expect(callbacks?.output).toEqual(['first', 'from a promise nobody awaits', 'from a timer']);
      expect(callbacks?.printedAt).toEqual(isolation === 'shared' ? [8, 3, 4] : [undefined, undefined, undefined]);
    });
  },
);

it('verifies only the snippets that are named, by id or by name', async () => {
  const { runs, findings } = await verifyFixture('sound', { names: ['pieces', 'silent.ts'] });
  expect(runs.map(({ snippet }) => snippet.id)).toEqual(['pieces.ts', 'silent.ts']);
  expect(findings).toEqual([]);
});

it('says which name it does not know, and the nearest', async () => {
  await expect(verifyFixture('sound', { names: ['peices'] })).rejects.toThrow(
    'Cannot verify snippet "peices": no such file in snippets/ (nearest "pieces")',
  );
});

it('does not run programs again that have not changed, so that an author who writes a page does not wait', async () => {
  const run: string[] = [];
  const options: Partial<VerifyOptions> = {
    names: ['pieces', 'callbacks'],
    onRun: ({ snippet }) => run.push(snippet.id),
  };
  const first = await verifyFixture('sound', options);
  const second = await verifyFixture('sound', options);
  expect(run).toEqual(['callbacks.ts', 'pieces.ts']);
  expect(second.snippets).toEqual(first.snippets);
});

it('stops a program after as many bytes as it is told', async () => {
  const { findings } = await verifyFixture('faulty', { names: ['floods'], outputBytesMax: 10 });
  expect(findings.map(({ message }) => message)).toEqual(['Cannot run to its end: stopped after 10 bytes of output']);
});
