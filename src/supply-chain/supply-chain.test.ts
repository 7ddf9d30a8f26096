import { expect, it } from 'vitest';
import { checkLicences } from './licences.ts';
import { checkWorkflow } from './workflows.ts';

const lockfile = (license: unknown, dev: boolean) =>
  JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0', license, dev } } }, undefined, 2);

it.each([
  ['MIT', false],
  ['MIT OR GPL-3.0', false],
  ['(MIT AND Apache-2.0)', false],
  ['(MIT OR GPL-3.0) AND ISC', false],
  ['GPL-3.0 OR (MIT AND (ISC OR GPL-2.0))', false],
  ['MPL-2.0', true],
])('accepts %s (development only: %s)', (license, dev) => {
  expect(checkLicences(lockfile(license, dev))).toEqual([]);
});

it.each([
  ['GPL-3.0', true],
  ['MIT AND GPL-3.0', true],
  ['GPL-3.0 AND (MIT OR ISC)', true],
  ['(MIT OR ISC) AND GPL-3.0', true],
  ['MIT AND (GPL-3.0 OR (AGPL-3.0 AND ISC))', true],
  ['Apache-2.0 WITH LLVM-exception', true],
  ['MPL-2.0', false],
  [undefined, true],
])('rejects %s (development only: %s), at its line', (license, dev) => {
  expect(checkLicences(lockfile(license, dev))).toMatchObject([
    { code: 'licence-not-allowed', file: 'package-lock.json', line: 4 },
  ]);
});

it.each([
  'SEE LICENSE IN LICENSE.md',
  'UNLICENSED',
  'Apache 2.0',
  'MIT/X11',
  'mit',
  'MIT OR',
  '(MIT',
  '',
  { type: 'MIT' },
])('rejects %j, which is not an SPDX expression, and quotes it', (license) => {
  expect(checkLicences(lockfile(license, true))).toMatchObject([
    {
      code: 'licence-unreadable',
      line: 4,
      message: `Cannot read the licence of a 1.0.0: ${JSON.stringify(license)} is not an SPDX expression`,
    },
  ]);
});

const WORKFLOW = `permissions:
  contents: read

jobs:
  one:
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
`;

it('accepts a workflow with commit hashes and read permission only', () => {
  expect(checkWorkflow(WORKFLOW, 'ok.yml')).toEqual([]);
});

it('rejects tags, which can be moved, and missing permissions', () => {
  expect(checkWorkflow(WORKFLOW.replace(/@\w+ # /, '@'), 'ok.yml')).toMatchObject([
    { code: 'action-unpinned', line: 7 },
  ]);
  expect(checkWorkflow(WORKFLOW.replace('contents: read', 'contents: write'), 'ok.yml')).toMatchObject([
    { code: 'permissions-wide' },
  ]);
});
