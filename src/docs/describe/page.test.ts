import { describe, expect, it } from 'vitest';
import { type Section, readPageTree } from '../pages/index.ts';
import type { PageFacts } from './content.ts';
import { describeContents, describePages } from './page.ts';

function pagesOf(sections: readonly Section[]): PageFacts[] {
  return ['/', ...sections.flatMap((section) => section.pages)].map((path) => ({
    file: `content${path}.mdx`,
    path,
    title: `Page ${path}`,
    description: '',
    headings: [],
    blocks: [],
    fences: [],
    catalogues: new Map(),
    tree: readPageTree('', `content${path}.mdx`),
    changedOn: undefined,
  }));
}

const installation = {
  target: 'weather',
  here: false,
  links: [{ title: 'npm', path: 'https://www.npmjs.com/package/weather' }],
  libraries: {},
};

function describeSite(sections: readonly Section[]) {
  return describePages({ pages: pagesOf(sections), sections, snippets: [], installation, siteTitle: 'Site' });
}

const SECTIONS: Section[] = [
  { title: 'Guides', pages: ['/start'] },
  { title: 'Reference', pages: ['/reference', '/reference/a'] },
  { title: 'Directory', within: 'Reference', pages: ['/reference/directory', '/reference/directory/get'] },
];

describe('the navigation of a page', () => {
  it('has the same sections in the header, however many subsections they have', () => {
    const titles = describeSite(SECTIONS).map((page) => page.sections.map((section) => section.title).join());
    expect(new Set(titles)).toEqual(new Set(['Guides,Reference']));
  });

  it('lists the pages of its own section only, and names the parent section', () => {
    const page = describeSite(SECTIONS).find(({ path }) => path === '/reference/directory/get');
    expect(page?.sections.find(({ current }) => current)?.title).toBe('Reference');
    expect(page?.section).toEqual({
      title: 'Directory',
      ancestors: [{ path: '/reference', title: 'Reference' }],
      children: [],
      pages: [
        { path: '/reference/directory', title: 'Page /reference/directory', current: false },
        { path: '/reference/directory/get', title: 'Page /reference/directory/get', current: true },
      ],
    });
  });

  it('links the last page of a section to the first page of the next', () => {
    const page = describeSite(SECTIONS).find(({ path }) => path === '/reference/a');
    expect(page?.next).toEqual({ path: '/reference/directory', title: 'Page /reference/directory' });
  });
});

it('offers the languages of blocks with several languages', () => {
  const tabsOf = (...languages: string[]) =>
    languages.map((language) => ({ language, label: language.toUpperCase(), programs: [], answers: [] }));
  const block = { id: 'a', key: 'a', headingDepth: 2, line: 1 };
  const [home, ...others] = pagesOf(SECTIONS);
  const blocks = [
    { ...block, tabs: tabsOf('ruby', 'js') },
    { ...block, tabs: tabsOf('php') },
  ];
  const described = describePages({
    pages: [{ ...home!, blocks }, ...others],
    sections: SECTIONS,
    snippets: [],
    installation,
    siteTitle: 'Site',
  });
  for (const { languages } of described)
    expect(languages).toEqual([
      { language: 'js', label: 'JS' },
      { language: 'ruby', label: 'RUBY' },
    ]);
});

describe('the list of all pages', () => {
  const contentsOf = (sections: readonly Section[]) =>
    describeContents({ pages: pagesOf(sections), sections, snippets: [], installation, siteTitle: 'Site' });

  it('contains every page of a small site', () => {
    expect(contentsOf(SECTIONS).flatMap(({ pages }) => pages)).toHaveLength(5);
  });

  it('contains the first page of each section on a site of more than 100 pages', () => {
    const sections = Array.from({ length: 6 }, (_, section) => ({
      title: `Section ${section}`,
      pages: Array.from({ length: 20 }, (_, page) => `/${section}/${page}`),
    }));
    expect(contentsOf(sections).map(({ pages }) => pages.map(({ path }) => path).join())).toEqual([
      '/0/0',
      '/1/0',
      '/2/0',
      '/3/0',
      '/4/0',
      '/5/0',
    ]);
  });
});

it('shares one image per section only on very large sites', () => {
  const sectionsOf = (count: number): Section[] => [
    { title: 'Few', pages: ['/few/1', '/few/2'] },
    { title: 'Many', within: 'Few', pages: Array.from({ length: count }, (_, index) => `/many/${index + 1}`) },
  ];
  const picturesOf = (sections: Section[]) =>
    new Set(
      describeSite(sections)
        .slice(1)
        .map(({ picture }) => `${picture.path}: ${picture.section}`),
    );
  expect([...picturesOf(sectionsOf(2))]).toEqual([
    '/og/few/1.png: Few',
    '/og/few/2.png: Few',
    '/og/many/1.png: Few / Many',
    '/og/many/2.png: Few / Many',
  ]);
  expect([...picturesOf(sectionsOf(250))]).toEqual(['/og/section/few/1.png: ', '/og/section/many/1.png: Few']);
});
