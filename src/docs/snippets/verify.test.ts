/** The fixture projects in testdata/: every fault is reported, and correct snippets have no findings. */
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

/** Findings by file, each as its first line. */
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

/** The files in testdata/faulty/snippets, and their findings. */
const FAULTS: Record<string, string[]> = {
  'output-missing.ts': [':1 Cannot read the expected output: there is no "// Output:" at the end'],
  'output-misspelt.ts': [
    ':3 Cannot read the expected output: there is no "// Output:" at the end (nearest "// output")',
  ],
  'output-repeated.ts': [':6 Cannot read the expected output: "// Output:" appears here and on line 3, expected once'],
  'output-misplaced.ts': [
    ':3 Cannot read the expected output: line 6 follows the block, expected it at the end of the file',
  ],
  'output-differs.ts': [':11 expected "second line", got "first line" (printed at line 4), and 1 more line differs'],
  'output-surplus.ts': [':6 expected no more output, got "two" (printed at line 2)'],
  'output-lacking.ts': [':5 expected "two", got no more output'],
  'output-unproven.ts': [':4 Cannot verify the output: "@no-run" on line 1 prevents the run'],
  'output-secret.ts': [':1 Cannot show the output: it prints FIXTURE_API_KEY (21 characters)'],
  'directive-unknown.ts': [
    ':1 Cannot read "@norun": unknown directive, expected one of @no-run, @throws, @standalone, @native, @needs, @ts-expect-error (nearest "@no-run")',
  ],
  'directive-malformed.ts': [
    ':1 Cannot read "@no-run": expected a reason after it, found ""',
    ':2 Cannot read the expected output: there is no "// Output:" at the end',
  ],
  'directive-repeated.ts': [':2 Cannot read "@standalone": it appears twice, expected once'],
  'compiler-silenced.ts': [
    ':1 Cannot read "@ts-nocheck": unknown directive, expected one of @no-run, @throws, @standalone, @native, @needs, @ts-expect-error',
  ],
  'region-nested.ts': [':3 Cannot open region "more": region "setup" from line 1 is still open'],
  'region-unclosed.ts': [':1 Cannot use region "setup": it is never closed'],
  'region-unopened.ts': [':2 Cannot close a region: none is open'],
  'region-repeated.ts': [':4 Cannot open region "setup": the snippet already has a region of that name'],
  'region-empty.ts': [':2 Cannot use region "setup": it is empty'],
  'region-unnamed.ts': [':1 Cannot open a region: the name "" must be lower-case words joined by hyphens'],
  'syntax-error.ts': [':1:13 Cannot parse the snippet: Expression expected (TS1109)'],
  'type-error.ts': [":1:21 Cannot type-check the snippet: Type 'string' is not assignable to type 'number' (TS2322)"],
  'import-foreign.ts': [':1:19 Cannot import "zod": readers only have Node and fixture-package'],
  'import-neighbour.ts': [':1:8 Cannot import "./output-missing.ts": readers only have Node and fixture-package'],
  'needs-other.ts': [':3:19 Cannot import "zod/v4": readers only have Node and fixture-package'],
  'needs-unpinned.ts': [
    ':1 Cannot run with "zod": package.json does not have it, expected one exact version in devDependencies',
    ':1 Cannot run with "loose-package": package.json asks for ^1.0.0, expected one exact version in devDependencies',
  ],
  'needs-unused.ts': [
    ':1 Cannot ask a reader to install "yaml": the snippet does not import it',
    ':1 Cannot ask a reader to install "@types/hono": the snippet does not import it',
  ],
  'needs-ruby.rb': [':1 Cannot install "yaml": "@needs" is only for npm packages of TypeScript snippets'],
  'throws.ts': [':3 Cannot finish: it threw RangeError: no such page'],
  'throws-later.ts': [':2 Cannot finish: it threw RangeError: no such page'],
  'rejects-unseen.ts': [':3 Cannot finish: it threw RangeError: no such page'],
  'throws-other.ts': [':1 Cannot confirm @throws TypeError: it threw RangeError at line 2: no such page'],
  'throws-nothing.ts': [':1 Cannot confirm @throws TypeError: it ended without throwing'],
  'exits-badly.ts': [':1 Cannot finish: exit code 3, expected 0'],
  'sets-exit-code.ts': [':1 Cannot finish: exit code 3, expected 0'],
  'stuck.ts': [':1 Cannot finish: it awaits a promise that never settles (last output from line 1)'],
  'floods.ts': [':1 Cannot finish: stopped after 65,536 bytes of output'],
  'leaves-global.ts': [':1 Cannot run other snippets after it: it changes globalThis.fetch, globalThis.one'],
  'leaves-prototype.ts': [':1 Cannot run other snippets after it: it changes Array.prototype.second'],
  'leaves-environment.ts': [':1 Cannot run other snippets after it: it changes process.env.ONE'],
  'leaves-listener.ts': [':1 Cannot run other snippets after it: it changes process.on("SIGTERM")'],
  'twins.ts': [],
  'twins.rb': [':3 Cannot show twins.rb beside twins.ts: their expected outputs must be the same'],
  'shell.sh': [':1 Cannot run the snippet: "curl" needs the machine\'s own interpreter'],
  'native-typescript.ts': [
    ':1 Cannot run the snippet with the machine\'s own interpreter: runners.ts has none for "js"',
  ],
  'native-absent.rb': [],
  'notes.tsx': [
    ':1 Cannot determine the language: unknown extension, expected one of .ts, .rb, .py, .go, .java, .php, .cs, .kt, .rs, .ex, .swift, .sh, .json, .xml (nearest ".ts")',
  ],
  folder: [':1 Cannot read the snippet: it is a folder, it must be a file'],
  'unshown.ts': [':1 warning: No page shows "unshown", expected at least one'],
};

describe('faulty snippets', async () => {
  const verification = await verifyFixture('faulty');
  const lines = describeFindings(verification);

  it.each(Object.entries(FAULTS))('%s has exactly the expected findings', (id, expected) => {
    const found = lines.get(`snippets/${id}`) ?? [];
    expect(found.map((line) => line.replace(shown, '').slice(id.length))).toEqual(expected);
  });

  it('are reported as not run if the machine lacks their interpreter or a library', () => {
    expect(verification.unavailable.map(({ snippet, reason }) => [snippet.id, reason])).toEqual([
      ['native-absent.rb', 'no ruby with no_such_library on this machine'],
    ]);
    expect(verification.snippets.find(({ id }) => id === 'native-absent.rb')).toMatchObject({ ran: false, output: [] });
  });

  it('are all in the table', async () => {
    expect((await readdir(join(TESTDATA, 'faulty/snippets'))).sort()).toEqual(Object.keys(FAULTS).sort());
  });

  it('list every page that shows them', () => {
    const [finding] = lines.get('snippets/twins.rb') ?? [];
    expect(finding).toMatch(/, shown at page:73, page:83$/);
  });

  it('are reported on pages with a wrong name or region', () => {
    expect(lines.get('content/index.mdx')).toEqual([
      'page:77:1 Cannot show snippet "output-difers": there is no such snippet (nearest "output-differs")',
      'page:83:3 Cannot show region "setpu": twins.rb has no region of that name',
      'page:83:3 Cannot show region "setpu": twins.ts has no region of that name',
      'page:84:3 Cannot show region "none": region-unnamed.ts has no region of that name',
    ]);
  });

  it('are reported on a page that does not parse', () => {
    expect(lines.get('content/broken.mdx')).toEqual([
      'content/broken.mdx:3:1 warning: Cannot show snippet "no-such-thing-at-all": there is no such snippet',
    ]);
  });

  it('have syntax errors first, then type errors, then errors of runs', () => {
    const order = ['syntax-error', 'type-error', 'import-foreign', 'run-throws'];
    const places = order.map((code) => verification.findings.findIndex((finding) => finding.code === code));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(-1);
  });

  it('are never verified, except one with a faulty twin, an unshown one, and one that this machine cannot run', () => {
    expect(verification.snippets.map(({ id }) => id)).toEqual(['native-absent.rb', 'twins.ts', 'unshown.ts']);
  });

  it('all have a fix', () => {
    expect(verification.findings.filter(({ fix }) => !/^[A-Z].*\.$/.test(fix))).toEqual([]);
  });
});

describe('endless snippets', async () => {
  const verification = await verifyFixture('endless', { runTimeoutMs: 3_000 });
  const lines = describeFindings(verification);

  it.each([
    ['busy.ts', ':1 Cannot finish: stopped after 3,000 ms, always busy (last output from line 1)'],
    ['waiting.ts', ':1 Cannot finish: stopped after 3,000 ms, waiting for Timeout (last output from line 1)'],
    ['left-open.ts', ':4 Cannot finish: after its last line, TCPServerWrap, Timeout kept it running for 3,000 ms'],
  ])('%s is stopped, and the finding describes what it was doing', (id, expected) => {
    const found = lines.get(`snippets/${id}`) ?? [];
    expect(found.map((line) => line.replace(shown, '').slice(id.length))).toEqual([expected]);
  });

  it('do not prevent others from running', () => {
    expect(verification.snippets.map(({ id, output }) => [id, output])).toEqual([['after-them.ts', ['still served']]]);
  });

  it('are also stopped in separate processes', async () => {
    // A separate process cannot report what it waits for.
    const { findings } = await verifyFixture('endless', { runTimeoutMs: 3_000, isolation: 'process', names: ['busy'] });
    expect(findings.map(({ code }) => code)).toEqual(['run-timeout']);
  });
});

describe.each(['shared', 'process'] as const)('correct snippets with isolation "%s"', async (isolation) => {
  const { snippets, findings } = await verifyFixture('sound', { isolation });

  it('have no findings', () => {
    expect(findings.map(formatFinding)).toEqual([]);
  });

  it('are all verified', async () => {
    const files = await readdir(join(TESTDATA, 'sound/snippets'));
    expect(snippets.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  it('have run, except those with @no-run', () => {
    expect(snippets.filter(({ ran }) => !ran).map(({ id }) => id)).toEqual(['not-run.ts']);
  });

  it('include their output', () => {
    const callbacks = snippets.find(({ id }) => id === 'callbacks.ts');
    expect(callbacks?.output).toEqual(['first', 'from a promise nobody awaits', 'from a timer']);
    expect(callbacks?.printedAt).toEqual(isolation === 'shared' ? [8, 3, 4] : [undefined, undefined, undefined]);
  });
});

it('verifies only the given snippets, by id or by name', async () => {
  const { runs, findings } = await verifyFixture('sound', { names: ['pieces', 'silent.ts'] });
  expect(runs.map(({ snippet }) => snippet.id)).toEqual(['pieces.ts', 'silent.ts']);
  expect(findings).toEqual([]);
});

it('reports an unknown name, and the nearest one', async () => {
  await expect(verifyFixture('sound', { names: ['peices'] })).rejects.toThrow(
    'Cannot verify snippet "peices": there is no such snippet (nearest "pieces")',
  );
});

it('does not run unchanged snippets again, so that authors of pages do not wait', async () => {
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

it('stops a snippet at the given output limit', async () => {
  const { findings } = await verifyFixture('faulty', { names: ['floods'], outputBytesMax: 10 });
  expect(findings.map(({ message }) => message)).toEqual(['Cannot finish: stopped after 10 bytes of output']);
});
