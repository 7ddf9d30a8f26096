import { expect, it } from 'vitest';
import { readNavigation } from './navigation.ts';
import { readPageTree } from './page-tree.ts';

const pages = ['content/a.mdx', 'content/b.mdx'].map((file) => readPageTree('# Page', file));

it('takes a section that stands within one of the header', () => {
  const text =
    'sections:\n  - { title: Reference, pages: [/a] }\n  - { title: Inner, within: Reference, pages: [/b] }\n';
  expect(readNavigation(text, pages)).toEqual({
    sections: [
      { title: 'Reference', pages: ['/a'] },
      { title: 'Inner', within: 'Reference', pages: ['/b'] },
    ],
    findings: [],
  });
});

it('reports a section within one that is not, at the place where it says so', () => {
  const text =
    'sections:\n  - { title: Reference, pages: [/a] }\n  - { title: Inner, within: Referense, pages: [/b] }\n';
  const [finding] = readNavigation(text, pages).findings;
  expect(finding).toMatchObject({ code: 'navigation-within', line: 3, nearest: 'Reference' });
});

it('reports a section within one that itself stands within another', () => {
  const text =
    'sections:\n  - { title: Outer, within: Inner, pages: [/a] }\n  - { title: Inner, within: Outer, pages: [/b] }\n';
  expect(readNavigation(text, pages).findings.map(({ code }) => code)).toEqual([
    'navigation-within',
    'navigation-within',
  ]);
});
