import { expect, it } from 'vitest';
import { readNavigation } from './navigation.ts';
import { readPageTree } from './page-tree.ts';

const pages = ['content/a.mdx', 'content/b.mdx'].map((file) => readPageTree('# Page', file));

it('accepts a subsection of a top-level section', () => {
  const text =
    'sections:\n  - { title: Reference, pages: [/a] }\n  - { title: Inner, within: Reference, pages: [/b] }\n';
  expect(readNavigation(text, 'content/navigation.yaml', pages)).toEqual({
    sections: [
      { title: 'Reference', pages: ['/a'] },
      { title: 'Inner', within: 'Reference', pages: ['/b'] },
    ],
    findings: [],
  });
});

it('reports a subsection of an unknown section, at its "within"', () => {
  const text =
    'sections:\n  - { title: Reference, pages: [/a] }\n  - { title: Inner, within: Referense, pages: [/b] }\n';
  const [finding] = readNavigation(text, 'content/navigation.yaml', pages).findings;
  expect(finding).toMatchObject({ code: 'navigation-within', line: 3, nearest: 'Reference' });
});

it('reports a subsection of a subsection', () => {
  const text =
    'sections:\n  - { title: Outer, within: Inner, pages: [/a] }\n  - { title: Inner, within: Outer, pages: [/b] }\n';
  expect(readNavigation(text, 'content/navigation.yaml', pages).findings.map(({ code }) => code)).toEqual([
    'navigation-within',
    'navigation-within',
  ]);
});
