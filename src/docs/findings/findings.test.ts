import { expect, it } from 'vitest';
import {
  type Finding,
  countFindings,
  formatFinding,
  formatFindings,
  formatFindingsJson,
  readCommandLine,
  nearestName,
  sortFindings,
} from './index.ts';

const finding: Finding = {
  code: 'snippet-output-differs',
  file: 'snippets/session-helpers-refresh.ts',
  line: 21,
  message: 'expected "true" got "false"',
  fix: 'Run npm run snippets -- --update.',
};

it('prints the position, the nearest name, the pages and the fix', () => {
  const text = formatFinding({ ...finding, column: 4, nearest: 'refresh', shownAt: ['content/refresh.mdx:88'] });
  expect(text).toBe(
    'snippets/session-helpers-refresh.ts:21:4 expected "true" got "false" (nearest "refresh"), ' +
      'shown at content/refresh.mdx:88\n  fix: Run npm run snippets -- --update.',
  );
});

it('leaves out absent fields', () => {
  expect(formatFinding(finding)).toBe(
    'snippets/session-helpers-refresh.ts:21 expected "true" got "false"\n  fix: Run npm run snippets -- --update.',
  );
});

it('prints the command that repeats the check', () => {
  expect(
    formatFinding({ ...finding, repeat: 'npm run snippets -- a.ts' })
      .split('\n')
      .at(-1),
  ).toBe('  repeat: npm run snippets -- a.ts');
});

it('sorts findings by file, line and column, and removes duplicates', () => {
  const places = sortFindings([
    { ...finding, file: 'b', line: 2 },
    { ...finding, file: 'b', line: 10 },
    { ...finding, file: 'a', line: 3, column: 9 },
    { ...finding, file: 'a', line: 3, column: 2 },
    { ...finding, file: 'b', line: 2 },
  ]).map(({ file, line, column }) => [file, line, column]);
  expect(places).toEqual([
    ['a', 3, 2],
    ['a', 3, 9],
    ['b', 2, undefined],
    ['b', 10, undefined],
  ]);
});

it('counts the findings on the last line', () => {
  expect(formatFindings([finding]).split('\n').at(-1)).toBe('1 finding');
  expect(
    formatFindings([finding, { ...finding, line: 3 }])
      .split('\n')
      .at(-1),
  ).toBe('2 findings');
  expect(countFindings([finding, { ...finding, severity: 'warning' }], 3)).toBe('2 findings (1 warning), 3 accepted');
});

it('annotates the file in GitHub Actions only', () => {
  const text = formatFindings([{ ...finding, column: 4, message: 'expected 100%, got\nless' }], {
    environment: { GITHUB_ACTIONS: 'true' },
  });
  expect(text.split('\n')).toContain(
    '::error file=snippets/session-helpers-refresh.ts,line=21,col=4,title=snippet-output-differs::' +
      'expected 100%25, got%0Aless%0ARun npm run snippets -- --update.',
  );
  expect(formatFindings([{ ...finding, severity: 'warning' }], { environment: { GITHUB_ACTIONS: 'true' } })).toContain(
    '::warning file=',
  );
  expect(formatFindings([finding], { environment: {} })).not.toContain('::error');
});

it('prints findings as JSON', () => {
  const warning = { ...finding, line: 30, severity: 'warning' } as const;
  expect(JSON.parse(formatFindingsJson([finding, warning], 2))).toEqual({
    findings: [{ ...finding, severity: 'error' }, warning],
    errors: 1,
    warnings: 1,
    accepted: 2,
  });
});

it.each([
  ['session-helpers-refesh', 'session-helpers-refresh'],
  ['SessionHelpersRefresh', 'session-helpers-refresh'],
  ['refrehs', 'refresh'],
  ['zzz', undefined],
])('corrects %j to %j', (name, nearest) => {
  expect(nearestName(name, ['session-helpers-load', 'session-helpers-refresh', 'refresh'])).toBe(nearest);
});

const OPTIONS = { json: { type: 'boolean' }, root: { type: 'string', short: 'r' } } as const;

it('reads options and names', () => {
  const args = ['--json', '-r', 'a', 'one', 'two'];
  expect(readCommandLine('npm run x', OPTIONS, { args, names: 'any' })).toEqual({
    values: { json: true, root: 'a' },
    names: ['one', 'two'],
  });
});

it.each([
  [['--jsn'], 'Cannot run npm run x: there is no option "--jsn" (nearest "--json")'],
  [['--json=yes'], 'Cannot run npm run x: "--json" takes no value, found "yes"'],
  [['--root'], 'Cannot run npm run x: "--root" must have a value'],
  [['-r'], 'Cannot run npm run x: "-r" must have a value'],
  [['one'], 'Cannot run npm run x: it takes no names, found "one"'],
])('rejects the arguments %j', (args, sentence) => {
  expect(() => readCommandLine('npm run x', OPTIONS, { args })).toThrow(
    `${sentence}\nnpm run x -- --help lists the options.`,
  );
});
