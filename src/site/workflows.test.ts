/** The workflows, value by value: what runs when, where, with which rights, and what may fail. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { OPTIONS } from './docs-options.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Step {
  uses?: string;
  name?: string;
  run?: string;
  if?: string;
  with?: Record<string, unknown>;
  env?: Record<string, unknown>;
  'continue-on-error'?: boolean;
}
interface Job {
  'runs-on': string;
  'timeout-minutes': number;
  strategy?: unknown;
  steps: Step[];
  [other: string]: unknown;
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: unknown;
  concurrency?: unknown;
  jobs: Record<string, Job>;
}

const files = (await Array.fromAsync(glob('.github/workflows/*', { cwd: ROOT }))).sort();
const texts = await Promise.all(files.map((file) => readFile(join(ROOT, file), 'utf8')));
const [nightly, ok, vendor] = texts.map((text) => parse(text) as Workflow) as [Workflow, Workflow, Workflow];
const all = Object.entries({ nightly, ok, vendor }).flatMap(([of, { jobs }]) =>
  Object.entries(jobs).map(([name, job]) => ({ name: `${of}/${name}`, job })),
);

/** The commands of each job, without what prepares the machine. */
function commandsOf({ jobs }: Workflow): Record<string, string[]> {
  const prepare = /^(?:sudo apt-get|gem install|npm ci$)/;
  return Object.fromEntries(
    Object.entries(jobs).map(([name, { steps }]) => [
      name,
      steps.flatMap(({ run, env }) =>
        run === undefined || prepare.test(run)
          ? []
          : [[...Object.entries(env ?? {}).map(([key, value]) => `${key}=${String(value)}`), run.trim()].join(' ')],
      ),
    ]),
  );
}

it('runs everything on each change and pull request', () => {
  expect(files.map((file) => file.split(/[/\\]/).at(-1))).toEqual(['nightly.yml', 'ok.yml', 'vendor-libraries.yml']);
  expect(ok.on).toEqual({ push: { branches: ['main'] }, pull_request: null });
  expect(ok.concurrency).toEqual({ group: '${{ github.workflow }}-${{ github.ref }}', 'cancel-in-progress': true });
  expect(commandsOf(ok)).toEqual({
    programs: ['npm run snippets'],
    tests: [
      'firefox --version',
      'npm run check',
      'npm test -- --shard ${{ matrix.shard }}/2 --reporter default --reporter ./src/not-run.ts --reporter github-actions',
    ],
    runtimes: [
      'npm run runtimes',
      'ENGINE_INSTALL=npm npm test -- --project rooms src/docs/elsewhere.test.ts src/docs/small-package.test.ts src/site/own-sdk.test.ts',
    ],
    prove: ['npm run prove'],
    'supply-chain': ['npm run supply-chain', 'npm audit'],
  });
  expect(ok.jobs['tests']?.strategy).toEqual({
    'fail-fast': false,
    matrix: { os: ['ubuntu-latest', 'windows-latest', 'macos-latest'], shard: [1, 2] },
  });
  expect(ok.jobs['tests']?.['runs-on']).toBe('${{ matrix.os }}');
});

it('runs the long checks every night, and another twentieth of the mutants each night', () => {
  const [{ cron }] = nightly.on['schedule'] as [{ cron: string }];
  expect(cron).toMatch(/^\d+ \d+ \* \* \*$/);
  expect(commandsOf(nightly)).toEqual({
    'at-length': ['NIGHTLY=1 npm test', 'npm run runtimes', 'npm run snippets -- --isolate --shuffle', 'npm run bench'],
    steady: ['npm run steady'],
    mutants: [
      'npm run mutants -- --constants src/sdk src/emulator',
      expect.stringMatching(/^npm run mutants -- --share "\$\(\(10#\$\(date \+%j\) % 20 \+ 1\)\)\/20"$/),
    ],
  });
});

it('compares with the libraries of WorkOS weekly, and when the documented calls change', () => {
  const [{ cron }] = vendor.on['schedule'] as [{ cron: string }];
  expect(cron).toMatch(/^\d+ \d+ \* \* [0-6]$/);
  const { paths } = vendor.on['pull_request'] as { paths: string[] };
  expect(paths).toEqual(['content/reference/**', 'src/site/vendor-calls/**', '.github/workflows/vendor-libraries.yml']);
  const [compare = '', ...others] = commandsOf(vendor)['samples'] ?? [];
  expect(compare.split('\n')).toEqual([
    'node src/site/vendor-calls/list-calls.ts ruby | ruby src/site/vendor-calls/check_calls.rb',
    'node src/site/vendor-calls/list-calls.ts python | python src/site/vendor-calls/check_calls.py',
  ]);
  expect(others).toHaveLength(1);
  const install = vendor.jobs['samples']?.steps.find(({ run }) => run?.startsWith('gem install'))?.run;
  const [ruby, python] = ['ruby', 'python'].map((language) => OPTIONS.libraries?.[language]?.name.split(' ').at(-1));
  expect(install).toBe(`gem install workos --version '~> ${ruby}.0' && pip install 'workos~=${python}.0'`);
});

it('lets no step fail silently, but the one that says so', () => {
  for (const { name, job } of all) {
    expect(Object.keys(job), name).not.toContain('if');
    expect(Object.keys(job), name).not.toContain('continue-on-error');
    for (const step of job.steps) {
      expect([name, step.if]).toEqual([name, step.if && "runner.os == 'Linux'"]);
      expect([step.name, step['continue-on-error'] === true]).toEqual([
        step.name,
        step.name?.endsWith('(informational)') === true,
      ]);
      expect(step.run ?? '', name).not.toMatch(/\|\| true|; true\b|\bset \+e\b/);
    }
  }
});

it('names each job and step after what it does', () => {
  expect(Object.fromEntries(all.map(({ name, job }) => [name, job['name']]))).toEqual({
    'nightly/at-length': 'Long fuzz tests of cookies, tokens, requests and pages',
    'nightly/steady': 'Eight runs in random order on busy cores all pass',
    'nightly/mutants': 'The tests notice changed constants, and a twentieth of all other changes of the helpers',
    'ok/programs': 'Every snippet prints what its page shows, and every method has a snippet',
    'ok/tests': 'Every page, link and reference row is correct (${{ matrix.os }}, ${{ matrix.shard }} of 2)',
    'ok/runtimes':
      'The packed helpers run in every runtime and install with every package manager, and the packed engine runs in other projects',
    'ok/prove': 'The checks detect planted errors',
    'ok/supply-chain': 'Dependencies are licensed, audited and used',
    'vendor/samples': "WorkOS's libraries take the documented calls",
  });
  expect(
    all.flatMap(({ job }) => job.steps.flatMap(({ name, run }) => (name ? [[name, run?.split('\n')[0]]] : []))),
  ).toEqual([
    ['100,000 mutations of cookies and tokens, 10,000 malformed requests, every page in every state', 'npm test'],
    ['The packed helpers in Node 22 and 24, Bun, Deno, workerd and Next.js', 'npm run runtimes'],
    ['Every snippet in a separate process, in random order', 'npm run snippets -- --isolate --shuffle'],
    ['Speed and memory compared with other libraries', 'npm run bench'],
    ['Another twentieth every night', expect.stringContaining('--share')],
    ['The engine, installed by npm, documents other packages', expect.stringContaining('elsewhere.test.ts')],
    ['The documented methods and parameters', expect.stringContaining('list-calls.ts ruby')],
    [
      "Every Ruby and Python snippet, with the emulator's environment (informational)",
      expect.stringContaining('npm run -s emulator'),
    ],
  ]);
});

it('gives each job the same checkout and Node, no credentials, and at most two hours', () => {
  for (const { name, job } of all) {
    const [checkout, node] = job.steps;
    expect([name, checkout?.with]).toEqual([name, { 'persist-credentials': false }]);
    expect([name, node?.with]).toEqual([name, { 'node-version': 24, cache: 'npm' }]);
    expect(job.steps.filter(({ run }) => run === 'npm ci')).toHaveLength(1);
    expect(job['timeout-minutes'], name).toBeLessThanOrEqual(120);
    expect(job, name).not.toHaveProperty('permissions');
  }
  for (const { permissions } of [nightly, ok, vendor]) expect(permissions).toEqual({ contents: 'read' });
});

it('uses one version of each action', () => {
  const uses = [...new Set(texts.flatMap((text) => Array.from(text.matchAll(/uses: (.+)/g), ([, use = '']) => use)))];
  const names = uses.map((use) => use.split('@')[0]);
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
  for (const use of uses) expect(use).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
