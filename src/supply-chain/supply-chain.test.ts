import { expect, it } from 'vitest';
import { checkLicences } from './licences.ts';
import { checkWorkflow } from './workflows.ts';

const lockfile = (license: string | undefined, dev: boolean) =>
  JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0', license, dev } } }, undefined, 2);

it.each([
  ['MIT', false],
  ['MIT OR GPL-3.0', false],
  ['(MIT AND Apache-2.0)', false],
  ['MPL-2.0', true],
])('lets %s through (for building only: %s)', (license, dev) => {
  expect(checkLicences(lockfile(license, dev))).toEqual([]);
});

it.each([
  ['GPL-3.0', true],
  ['MIT AND GPL-3.0', true],
  ['MPL-2.0', false],
  [undefined, true],
])('refuses %s (for building only: %s), at its line', (license, dev) => {
  expect(checkLicences(lockfile(license, dev))).toMatchObject([
    { code: 'licence-not-allowed', file: 'package-lock.json', line: 4 },
  ]);
});

const WORKFLOW = `permissions:
  contents: read

jobs:
  one:
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
`;

it('accepts a workflow that names commits and may only read', () => {
  expect(checkWorkflow(WORKFLOW, 'ok.yml')).toEqual([]);
});

it('refuses a tag, which can be moved, and rights that are not narrowed', () => {
  expect(checkWorkflow(WORKFLOW.replace(/@\w+ # /, '@'), 'ok.yml')).toMatchObject([
    { code: 'action-unpinned', line: 7 },
  ]);
  expect(checkWorkflow(WORKFLOW.replace('contents: read', 'contents: write'), 'ok.yml')).toMatchObject([
    { code: 'permissions-wide' },
  ]);
});
