import { expect, it } from 'vitest';
import { ancestorsOf, readNavigation } from './navigation.ts';
import { readPageTree } from './tree/page-tree.ts';

const pages = ['content/a.mdx', 'content/b.mdx', 'content/c.mdx'].map((file) => readPageTree('# Page', file));

it('accepts sections within sections, at any depth', () => {
  const text =
    'sections:\n  - { title: Reference, pages: [/a] }\n  - { title: Inner, within: Reference, pages: [/b] }\n  - { title: Innermost, within: Inner, pages: [/c] }\n';
  const { sections, findings } = readNavigation(text, 'content/navigation.yaml', pages);
  expect(findings).toEqual([]);
  const [outer, inner, innermost] = sections;
  expect(sections.map((section) => ancestorsOf(section, sections))).toEqual([[], [outer], [outer, inner]]);
  expect(innermost?.pages).toEqual(['/c']);
});

it('reports a subsection of an unknown section, at its "within"', () => {
  const text =
    'sections:\n  - { title: Reference, pages: [/a] }\n  - { title: Inner, within: Referense, pages: [/b, /c] }\n';
  const [finding] = readNavigation(text, 'content/navigation.yaml', pages).findings;
  expect(finding).toMatchObject({ code: 'navigation-within', line: 3, nearest: 'Reference' });
});

it('reports a section that would contain itself', () => {
  const text =
    'sections:\n  - { title: Outer, within: Inner, pages: [/a] }\n  - { title: Inner, within: Outer, pages: [/b, /c] }\n';
  expect(readNavigation(text, 'content/navigation.yaml', pages).findings.map(({ code }) => code)).toEqual([
    'navigation-within',
    'navigation-within',
  ]);
});

it('reports two sections with one title beside each other, but not in different sections', () => {
  const text =
    'sections:\n  - { title: A, pages: [/a] }\n  - { title: A, pages: [/b] }\n  - { title: A, within: A, pages: [/c] }\n';
  expect(readNavigation(text, 'content/navigation.yaml', pages).findings).toMatchObject([
    { code: 'navigation-title-repeated', line: 3 },
  ]);
});
