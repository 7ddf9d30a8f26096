import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Finding, FindingsError, UsageError, formatFindings } from '../findings/index.ts';
import type { Project } from '../options/index.ts';
import { verifyByCommand } from './cli.ts';
import { plainProject } from '../options/testdata/plain-project.ts';

const PROJECT_ROOT = fileURLToPath(new URL('../../../', import.meta.url));

let root: string;

/** A temporary project for snippets. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'command-'));
  await mkdir(join(root, 'snippets'));
  await mkdir(join(root, 'content'));
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'));
  await writeFile(join(root, 'package.json'), '{ "name": "fixture-package", "type": "module" }');
});
afterEach(() => rm(root, { recursive: true }));

/** Writes snippets to the project, and a page that shows them all. */
async function putPrograms(programs: Record<string, string>): Promise<void> {
  for (const [id, source] of Object.entries(programs)) await writeFile(join(root, 'snippets', id), source);
  const blocks = Object.keys(programs).map((id) => `<CodeBlock file="${id.replace('.ts', '')}" />\n`);
  await writeFile(join(root, 'content/index.mdx'), blocks.join('\n'));
}

const program = (id: string) => readFile(join(root, 'snippets', id), 'utf8');

/** As outside CI, where unchanged snippets are not run again. */
async function run(...args: string[]) {
  return runIn({}, args);
}

async function runIn(environment: NodeJS.ProcessEnv, args: string[], more: Partial<Project> = {}) {
  const printed: string[] = [];
  const exitCode = await verifyByCommand(
    args,
    { out: (text) => printed.push(text) },
    plainProject(root, more),
    environment,
  );
  return { exitCode, printed: printed.join('\n') };
}

const ONE = "console.log('one');\n\n// Output:\n// one\n";

describe('without findings', () => {
  it('lists every snippet with directives', async () => {
    await putPrograms({
      'first.ts': ONE,
      'letter.ts': "// @no-run it would post a letter\nconsole.log('one');\n",
      'throws.ts': "// @throws RangeError\n// @standalone\nthrow new RangeError('far');\n\n// Output:\n",
    });
    const { exitCode, printed } = await run();
    expect(printed.split('\n').slice(0, -1)).toEqual([
      'snippets/letter.ts: not run (it would post a letter)',
      'snippets/throws.ts: throws RangeError, in a separate process',
    ]);
    expect(printed).toMatch(/3 snippets: 2 ran, 0 findings/);
    expect(exitCode).toBe(0);
  });
});

describe('with findings', () => {
  it('prints them with positions and fixes, counts them, and exits with 1, also when run again', async () => {
    await putPrograms({ 'first.ts': ONE.replace('// one', '// two') });
    await run();
    const { exitCode, printed } = await run();
    const [finding, fix, repeat, blank, summary] = printed.split('\n');
    expect(finding).toBe(
      'snippets/first.ts:4 expected "two", got "one" (printed at line 1), shown at content/index.mdx:1',
    );
    expect(fix).toBe('  fix: Correct the snippet, or accept its output with npm run snippets -- --update.');
    expect(repeat).toBe('  repeat: npm run snippets -- first.ts');
    expect(blank).toBe('');
    expect(summary).toMatch(/^1 snippet: 1 ran, 1 finding, /);
    expect(exitCode).toBe(1);
  });

  it('prints only data with --json', async () => {
    await putPrograms({ 'first.ts': ONE.replace('// one', '// two'), 'second.ts': ONE });
    const { exitCode, printed } = await run('--json');
    expect(JSON.parse(printed)).toMatchObject({
      snippets: [{ id: 'second.ts', ran: true, output: ['one'], printedAt: [1] }],
      findings: [{ code: 'output-differs', file: 'snippets/first.ts', line: 4 }],
      updated: [],
    });
    expect(exitCode).toBe(1);
  });
});

describe('--update', () => {
  it('writes the outputs that differ or are missing, changes nothing else, and exits with 0', async () => {
    const varying = "console.log('at', Date.now());\nconsole.log('one');\n\n// Output:\n// at …\n// two\n";
    await putPrograms({
      'differs.ts': ONE.replace('// one', '// two'),
      'missing.ts': "console.log('one');\n",
      'right.ts': ONE,
      'varying.ts': varying,
    });
    const { exitCode, printed } = await run('--update');
    expect(printed.split('\n').slice(0, -1)).toEqual([
      'updated snippets/differs.ts',
      'updated snippets/missing.ts',
      'updated snippets/varying.ts',
    ]);
    for (const id of ['differs.ts', 'missing.ts', 'right.ts']) expect(await program(id)).toBe(ONE);
    // Lines with … that still match are kept.
    expect(await program('varying.ts')).toBe(varying.replace('// two', '// one'));
    expect(exitCode).toBe(0);
    expect(await readdir(join(root, 'snippets'))).toEqual(['differs.ts', 'missing.ts', 'right.ts', 'varying.ts']);
  });

  it('says that no page shows a snippet yet, and that an output differs on every run', async () => {
    await putPrograms({ 'random.ts': 'console.log(crypto.randomUUID());\n\n// Output:\n' });
    await writeFile(join(root, 'snippets/new.ts'), "console.log('one');\n\n// Output:\n");
    const { exitCode, printed } = await run('new', 'random', '--update');
    expect(await program('new.ts')).toBe(ONE);
    expect(printed).toMatch(/^updated snippets\/new\.ts\nupdated snippets\/random\.ts\n/);
    expect(printed).toContain('\nsnippets/new.ts:1 warning: No page shows "new"');
    expect(printed).toContain(
      'fix: Its output differs on every run: print values that stay the same, or replace the varying parts with ….',
    );
    expect(exitCode).toBe(1);
  });

  it('writes no output with colours or secrets, none that would not be read back, and none beside other findings', async () => {
    const faulty = {
      'red.ts': "console.log('plain');\nconsole.log('\\u001B[31mred');\n\n// Output:\n",
      'directive.ts': "console.log('@ts-expect-error');\n\n// Output:\n",
      'throws.ts': "console.log('one');\nthrow new RangeError('far');\n\n// Output:\n// two\n",
      'leaks.ts': "console.log('one');\nprocess.env.ONE = '1';\n\n// Output:\n// two\n",
      'type.ts': "const one: number = 'one';\nconsole.log(one);\n\n// Output:\n// two\n",
      'repeated.ts': `${ONE}\n// Output:\n// two\n`,
      'secret.ts': 'console.log(process.env.FIXTURE_API_KEY);\n\n// Output:\n// none\n',
    };
    await putPrograms(faulty);
    const emulator = join(root, 'emulator.ts');
    const key = "{ FIXTURE_API_KEY: 'sk_fixture_0123456789' }";
    await writeFile(
      emulator,
      `export const startEmulator = async () => ({ issueEnvironment: async () => (${key}), close: async () => {} });\n`,
    );
    const { exitCode, printed } = await runIn({}, ['--update'], { emulator });
    expect(exitCode).toBe(1);
    for (const [id, source] of Object.entries(faulty)) expect(await program(id), id).toBe(source);
    expect(printed).not.toContain('updated');
    expect(printed).toMatch(
      /^snippets\/red\.ts:2 Cannot show the output: its line 2 contains an ANSI escape sequence/m,
    );
    expect(printed).toContain('snippets/directive.ts:3 Cannot write the output at the end of the file');
    expect(printed).toMatch(/it prints FIXTURE_API_KEY \(\d+ characters\)/);
    expect(printed).toMatch(/got "<FIXTURE_API_KEY \(\d+ characters\)>"/);
    expect(printed).not.toContain('sk_fixture');
  });
});

describe('names', () => {
  it('limit the run and the findings to these snippets, and can be ids or paths', async () => {
    const ids = ['first.ts', 'second.ts', 'third.ts', 'fourth.ts', 'fifth.ts'];
    await putPrograms({ ...Object.fromEntries(ids.map((id) => [id, ONE])), 'other.ts': 'throw 1;\n' });
    const fifth = join(root, 'snippets/fifth.ts');
    const { exitCode, printed } = await run('first', 'second.ts', 'snippets/third.ts', './snippets/fourth.ts', fifth);
    expect(printed).toMatch(/^5 snippets: 5 ran, 0 findings/);
    expect(exitCode).toBe(0);
  });

  it.each([
    [['frist'], 'Cannot verify snippet "frist": there is no such snippet (nearest "first")'],
    [['--updat'], 'Cannot run npm run snippets: there is no option "--updat" (nearest "--update")'],
    [
      ['--seed', 'first'],
      'Cannot run npm run snippets: "--seed" must be a number of at most nine digits, found "first"',
    ],
  ])('%j are rejected with a message', async (args, sentence) => {
    await putPrograms({ 'first.ts': ONE });
    const refused = await run(...args).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect((refused as Error).message.split('\n')[0]).toBe(sentence);
  });
});

it('runs unchanged snippets again only in CI, with --no-cache, or if their twin or the lockfile has changed', async () => {
  await putPrograms({ 'first.ts': ONE, 'second.ts': ONE });
  const first = await run();
  expect(first.printed).toMatch(/^2 snippets: 2 ran, 0 findings, \d+\.\d s$/);
  expect(first.exitCode).toBe(0);
  await writeFile(join(root, 'snippets/second.ts'), `\n${ONE}`);
  const second = await run();
  expect(second.printed).toMatch(/^2 snippets: 1 ran, 1 unchanged, 0 findings, /);
  expect(second.exitCode).toBe(0);
  expect((await run('--no-cache')).printed).toMatch(/^2 snippets: 2 ran, 0 findings/);
  expect((await run()).printed).toMatch(/^2 snippets: 0 ran, 2 unchanged, 0 findings/);
  expect((await runIn({ CI: 'true' }, [])).printed).toMatch(/^2 snippets: 2 ran, 0 findings/);
  await writeFile(join(root, 'package-lock.json'), '{}');
  expect((await run()).printed).toMatch(/^2 snippets: 2 ran, 0 findings/);
  await writeFile(join(root, 'snippets/first.py'), "print('one')\n\n# Output:\n# one\n");
  expect((await run('first.ts')).printed).toMatch(/^1 snippet: 1 ran, 0 findings/);
});

it('prints the seed of the order', async () => {
  await putPrograms({});
  expect((await run('--seed', '7')).printed).toMatch(/, order from --seed 7$/);
  expect((await run('--shuffle')).printed).toMatch(/, order from --seed \d+$/);
});

it('lists every option when asked for help', async () => {
  const { exitCode, printed } = await run('--help');
  expect(exitCode).toBe(0);
  for (const option of ['--update', '--isolate', '--shuffle', '--seed', '--no-cache', '--json', '--help'])
    expect(printed).toContain(option);
});

it('runs every snippet in a separate process with --isolate', async () => {
  // In a shared process, it prints "false".
  await putPrograms({ 'first.ts': 'console.log(import.meta.main);\n\n// Output:\n// true\n' });
  expect(await run('--isolate')).toMatchObject({ exitCode: 0 });
});

it('reports errors of the package once, and runs nothing', async () => {
  await putPrograms({ 'first.ts': ONE, 'second.ts': ONE });
  const finding: Finding = {
    code: 'compile-error',
    file: 'src/index.ts',
    line: 1,
    message: 'Cannot compile the package',
    fix: 'Fix it.',
  };
  const build = () => Promise.reject(new FindingsError([finding], formatFindings([finding])));
  const { exitCode, printed } = await runIn({}, [], {
    package: { name: 'fixture-package', source: 'src/index.ts', build },
  });
  expect(printed).toMatch(/^src\/index\.ts:1 Cannot compile the package/);
  expect(printed).toMatch(/\n2 snippets: 0 ran, 1 finding, /);
  expect(exitCode).toBe(1);
});

it('is started by npm run snippets, and sets the exit code', async () => {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['src/docs/cli.ts', 'snippets', 'home.ts', '--no-cache'],
    { cwd: PROJECT_ROOT },
  );
  expect(stdout).toMatch(/^1 snippet: 1 ran, 0 findings, \d+\.\d s\n$/);
  expect(stderr).toBe('');
});
