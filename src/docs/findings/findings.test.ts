import { describe, expect, it } from 'vitest';
import {
  type Finding,
  formatFinding,
  formatFindings,
  formatFindingsJson,
  formatJUnit,
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

it('prints the place, the nearest name, the pages and the fix', () => {
  const text = formatFinding({ ...finding, column: 4, nearest: 'refresh', shownAt: ['content/refresh.mdx:88'] });
  expect(text).toBe(
    'snippets/session-helpers-refresh.ts:21:4 expected "true" got "false" (nearest "refresh"), ' +
      'shown at content/refresh.mdx:88\n  fix: Run npm run snippets -- --update.',
  );
});

it('leaves out what a finding does not have', () => {
  expect(formatFinding(finding)).toBe(
    'snippets/session-helpers-refresh.ts:21 expected "true" got "false"\n  fix: Run npm run snippets -- --update.',
  );
});

it('says what repeats just this one', () => {
  expect(
    formatFinding({ ...finding, repeat: 'npm run snippets -- a.ts' })
      .split('\n')
      .at(-1),
  ).toBe('  repeat: npm run snippets -- a.ts');
});

describe('JUnit XML', () => {
  const cases = [
    { file: 'snippets/a.ts', durationMs: 12, findings: [] },
    {
      file: 'snippets/b.ts',
      durationMs: 1_500,
      findings: [{ ...finding, message: 'expected "<a & b>"\u0007\nnot this' }],
    },
    { file: 'snippets/c.rb', durationMs: 0, findings: [], skippedBecause: 'no ruby' },
  ];
  const xml = formatJUnit('snippets', cases);

  it('counts cases, failures and what was not run', () => {
    expect(xml).toContain('<testsuite name="snippets" tests="3" failures="1" errors="0" skipped="1" time="1.512">');
    expect(xml).toContain('<testcase classname="snippets" name="snippets/a.ts" file="snippets/a.ts" time="0.012"/>');
    expect(xml).toContain('<skipped message="no ruby"/>');
  });

  it('escapes what XML would take for its own, and what it cannot hold', () => {
    expect(xml).toContain('message="expected &quot;&lt;a &amp; b&gt;&quot;\uFFFD&#10;not this"');
    expect(xml).not.toMatch(/[\u0000-\u0008]/);
  });
});

it('orders findings by file, line and column, and says each one once', () => {
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
});

it('annotates the file in GitHub Actions, and nowhere else', () => {
  const text = formatFindings([{ ...finding, column: 4, message: 'expected 100%, got\nless' }], {
    GITHUB_ACTIONS: 'true',
  });
  expect(text.split('\n')).toContain(
    '::error file=snippets/session-helpers-refresh.ts,line=21,col=4,title=snippet-output-differs::' +
      'expected 100%25, got%0Aless%0ARun npm run snippets -- --update.',
  );
  expect(formatFindings([finding], {})).not.toContain('::error');
});

it('gives findings to other programs as JSON', () => {
  expect(JSON.parse(formatFindingsJson([finding]))).toEqual({ findings: [finding] });
});

it.each([
  ['session-helpers-refesh', 'session-helpers-refresh'],
  ['SessionHelpersRefresh', 'session-helpers-refresh'],
  ['refrehs', 'refresh'],
  ['zzz', undefined],
])('takes %j to be %j', (name, nearest) => {
  expect(nearestName(name, ['session-helpers-load', 'session-helpers-refresh', 'refresh'])).toBe(nearest);
});
