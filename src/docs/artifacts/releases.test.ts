import { expect, it } from 'vitest';
import type { Page } from '../describe/index.ts';
import { readPageTree } from '../pages/index.ts';
import { describeReleases } from './releases.ts';

function changelog(text: string): Page {
  const tree = readPageTree(text, 'CHANGELOG.md');
  return { headings: tree.headings.slice(1), tree, path: '/changelog', changedOn: '2026-03-03' } as Page;
}

it('ends a release where the next begins, and dates an unreleased section by its last change', () => {
  const text =
    '# Changelog\n\n## Unreleased\n\n### Site\n- New.\n\n## 0.2.0 (2026-02-02)\n- Old.\n\n## 0.1.0\n- Older.\n';
  expect(describeReleases(changelog(text))).toEqual([
    { title: 'Unreleased', path: '/changelog#unreleased', text: '### Site\n- New.', day: '2026-03-03' },
    { title: '0.2.0 (2026-02-02)', path: '/changelog#020-2026-02-02', text: '- Old.', day: '2026-02-02' },
    { title: '0.1.0', path: '/changelog#010', text: '- Older.', day: undefined },
  ]);
});

it('is empty without releases', () => {
  expect(describeReleases(changelog('# Changelog\n'))).toEqual([]);
});
