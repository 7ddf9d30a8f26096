/** A page's facts → everything that its layout and components need, computed once. */
import { languageOrder } from '../options/index.ts';
import { type Heading, type PageTree, type Section, ancestorsOf, readPageTree } from '../pages/index.ts';
import type { FenceState } from '../snippets/index.ts';
import type { Block, Panel, Tab } from './blocks.ts';
import type { CatalogueRow } from '../options/index.ts';
import { type Installation, type InstallNote, installNote } from './install.ts';
import type { PageFacts, ShownSnippet } from './content.ts';
import {
  type CodeHover,
  type CodeLink,
  type HoverText,
  type PageNotes,
  collectEntries,
  describeNotes,
} from './hovers.ts';

export interface PageLink {
  path: string;
  title: string;
}

/** A language that readers can choose, in the header or in a block. */
export interface LanguageChoice {
  language: string;
  label: string;
}

/** A section, linked by its first page. */
export interface SectionLink extends PageLink {
  /** Whether the current page is in it, or in one of its subsections. */
  current: boolean;
}

export interface NavigationSection {
  title: string;
  /** The sections that contain it, outermost first. */
  ancestors: PageLink[];
  /** The sections directly below it, if the page is its first. */
  children: PageLink[];
  pages: (PageLink & { current: boolean })[];
}

export interface PagePanel extends Omit<Panel, 'snippet'> {
  snippet?: ShownSnippet;
  /** What a reader must know: that there is no program yet, or that it was not run, and why. */
  note?: string;
  /** Where it ran, and with which library, if it did. */
  proof?: string;
  /** Links of the identifiers in the snippet. */
  links: ReadonlyMap<string, CodeLink>;
  /** Hover texts of the identifiers in the snippet, as indexes of the page's `hovers`. */
  hovers: CodeHover[];
  /** The library to install for the snippet, if it needs one. */
  install?: InstallNote;
}

export interface PageTab extends Omit<Tab, 'programs' | 'answers'> {
  programs: PagePanel[];
  answers: PagePanel[];
}

export interface PageBlock extends Omit<Block, 'tabs'> {
  tabs: PageTab[];
}

export interface Page {
  path: string;
  /** Path of the same page as Markdown. */
  markdownPath: string;
  title: string;
  description: string;
  /** Slug of the heading that is the page's title, if the frontmatter has none. */
  titleSlug: string | undefined;
  /** Headings below the title, for the table of contents. */
  headings: Heading[];
  blocks: PageBlock[];
  /** Code in its Markdown, in document order, and whether it ran. */
  fences: readonly FenceState[];
  /** The error code lists that it shows, by name. */
  catalogues: ReadonlyMap<string, readonly CatalogueRow[]>;
  /** Hover texts of the identifiers in its snippets, each text once. */
  hovers: HoverText[];
  /** How readers install what the examples need. */
  installation: Installation;
  /** The parsed page. */
  tree: PageTree;
  /** Date of the last change, such as `2026-11-25`. */
  changedOn: string | undefined;
  /** The link preview image. */
  picture: Picture;
  /** Path of its file, relative to the project root. */
  file: string;
  /** Links for editing the file and for reporting problems. */
  editUrl?: string;
  feedbackUrl?: string;
  /** The languages of the whole site; empty if there is no choice. */
  languages: readonly LanguageChoice[];
  /** Those of them that have an example on this page. */
  exampleLanguages: readonly LanguageChoice[];
  /** The top-level sections, which are shown in the header. */
  sections: SectionLink[];
  /** The section that lists it, with all pages of the section. */
  section?: NavigationSection;
  previous?: PageLink;
  next?: PageLink;
}

/** The link preview image of a page, or of its section on a large site. */
export interface Picture {
  path: string;
  title: string;
  section: string;
  description: string;
}

/** Address of the folder with the images. */
export const PICTURES_PATH = '/og/';

/** Drawing an image takes about 50 ms; on larger sites, the pages of a section share one. */
const PICTURES_MAX = 200;

/** The facts about a whole site. */
export interface SiteFacts {
  pages: readonly PageFacts[];
  sections: readonly Section[];
  snippets: readonly ShownSnippet[];
  installation: Installation;
  /** Site name. */
  siteTitle: string;
}

/** Describes all pages, in the order given. */
export function describePages({ pages, sections, snippets, installation, siteTitle }: SiteFacts): Page[] {
  const titles = new Map(pages.map((page) => [page.path, page.title]));
  const snippetsById = new Map(snippets.map((snippet) => [snippet.id, snippet]));
  const order = sections.flatMap((section) => section.pages);
  const places = new Map(order.map((path, index) => [path, index]));
  const entries = collectEntries(pages);
  const link = (path: string): PageLink => ({ path, title: titles.get(path) ?? path });
  const sectionOf = new Map(sections.flatMap((section) => section.pages.map((path) => [path, section])));
  const header = headerSections(sections);
  const languages = describeLanguages(pages);
  return pages.map((facts) => {
    const section = sectionOf.get(facts.path);
    const ancestors = section && ancestorsOf(section, sections);
    const outermost = (ancestors?.[0] ?? section)?.title;
    const at = places.get(facts.path);
    const [previous, next] = at === undefined ? [] : [order[at - 1], order[at + 1]];
    const [first] = facts.headings;
    const shown = facts.blocks.flatMap(({ tabs }) =>
      tabs.flatMap(({ programs }) => programs.flatMap(({ snippet }) => snippetsById.get(snippet ?? '') ?? [])),
    );
    const notes = describeNotes(shown, entries);
    const titleSlug = first && (first.depth === 1 || first.text === facts.title) ? first.slug : undefined;
    return {
      path: facts.path,
      markdownPath: `${facts.path === '/' ? '/index' : facts.path}.md`,
      catalogues: facts.catalogues,
      installation,
      tree: facts.tree,
      file: facts.file,
      changedOn: facts.changedOn,
      picture: describePicture(facts, section, pages.length > PICTURES_MAX ? 'section' : 'page', siteTitle),
      ...(facts.editUrl !== undefined && { editUrl: facts.editUrl }),
      ...(facts.feedbackUrl !== undefined && { feedbackUrl: facts.feedbackUrl }),
      title: facts.title,
      description: facts.description,
      titleSlug,
      headings: facts.headings.filter((heading) => heading.slug !== titleSlug && heading.depth <= 3),
      blocks: facts.blocks.map((block) => ({
        ...block,
        tabs: block.tabs.map((tab) => ({
          ...tab,
          programs: tab.programs.map((panel) => describePanel(panel, snippetsById, notes, installation)),
          answers: tab.answers.map((panel) => describePanel(panel, snippetsById, notes, installation)),
        })),
      })),
      fences: facts.fences,
      hovers: notes.texts,
      languages,
      exampleLanguages: languages.filter(({ language }) => hasExample(facts, language)),
      sections: header.map((each) => ({ ...each, current: each.title === outermost })),
      ...(section && { section: describeSection(section, facts.path, sections, link) }),
      ...(previous !== undefined && { previous: link(previous) }),
      ...(next !== undefined && { next: link(next) }),
    };
  });
}

/** The 404 page. */
export function describeMissing({ pages, sections, installation }: SiteFacts): Page {
  return {
    path: '/404',
    markdownPath: '/llms.txt',
    catalogues: new Map(),
    installation,
    tree: readPageTree('', 'content/404.mdx'),
    file: '',
    changedOn: undefined,
    picture: { path: '', title: '', section: '', description: '' },
    title: 'Page not found',
    description: 'This page does not exist.',
    titleSlug: undefined,
    headings: [],
    blocks: [],
    fences: [],
    hovers: [],
    exampleLanguages: [],
    languages: describeLanguages(pages),
    sections: headerSections(sections),
  };
}

/** Larger sites do not list all pages. */
const CONTENTS_PAGES_MAX = 100;

/** Every section with its pages; on a large site, with its first page only. */
export function describeContents({ pages, sections }: SiteFacts): { title: string; pages: PageLink[] }[] {
  const titles = new Map(pages.map((page) => [page.path, page.title]));
  const shown = pages.length > CONTENTS_PAGES_MAX ? 1 : Infinity;
  return sections.map(({ title, pages: paths }) => ({
    title,
    pages: paths.slice(0, shown).map((path) => ({ path, title: titles.get(path) ?? path })),
  }));
}

/** The languages that any block offers. */
function describeLanguages(pages: readonly PageFacts[]): LanguageChoice[] {
  const tabs = pages.flatMap(({ blocks }) => blocks.flatMap(({ tabs }) => (tabs.length < 2 ? [] : tabs)));
  const labels = new Map(tabs.map(({ language, label }) => [language, label]));
  return languageOrder(labels.keys()).map((language) => ({ language, label: labels.get(language)! }));
}

function hasExample({ blocks }: PageFacts, language: string): boolean {
  return blocks.some(({ tabs }) => tabs.some((tab) => tab.language === language && tab.programs.length > 0));
}

function describePicture(
  { path, title, description }: PageFacts,
  section: Section | undefined,
  of: 'page' | 'section',
  siteTitle: string,
): Picture {
  const [outer = '', inner] = [
    section?.within ?? section?.title,
    section?.within === undefined ? undefined : section.title,
  ];
  if (of === 'page' || section === undefined) {
    const name = path === '/' ? 'index' : path.slice(1);
    const crumb = inner === undefined ? outer : `${outer} / ${inner}`;
    return {
      path: `${PICTURES_PATH}${name}.png`,
      title: path === '/' ? siteTitle : title,
      section: crumb,
      description,
    };
  }
  const [first = path] = section.pages;
  return {
    path: `${PICTURES_PATH}section${first}.png`,
    title: section.title,
    section: section.within ?? '',
    description: '',
  };
}

function headerSections(sections: readonly Section[]): SectionLink[] {
  return sections.flatMap(({ title, within, pages: [path] }) =>
    within === undefined && path !== undefined ? [{ path, title, current: false }] : [],
  );
}

function describeSection(
  section: Section,
  path: string,
  sections: readonly Section[],
  link: (path: string) => PageLink,
): NavigationSection {
  const { title, pages } = section;
  const children = path === pages[0] ? sections.filter(({ within }) => within === title) : [];
  return {
    title,
    ancestors: (ancestorsOf(section, sections) ?? []).map(linkOfSection),
    children: children.map(linkOfSection),
    pages: pages.map((each) => ({ ...link(each), current: each === path })),
  };
}

/** A section is linked by its first page. */
function linkOfSection({ title, pages: [path = '/'] }: Section): PageLink {
  return { title, path };
}

function describePanel(
  { snippet: id = '', ...panel }: Panel,
  snippets: ReadonlyMap<string, ShownSnippet>,
  { bySnippet }: PageNotes,
  installation: Installation,
): PagePanel {
  const snippet = snippets.get(id);
  const note = noteOf(snippet, panel.label);
  const { native, needs } = snippet?.directives ?? {};
  const install = snippet && !native ? installNote(installation, snippet.language, needs?.packages) : undefined;
  return {
    ...panel,
    ...(note !== undefined && { note }),
    ...(snippet?.ran && { proof: proofOf(snippet) }),
    ...(snippet && { snippet }),
    ...(install && { install }),
    ...(bySnippet.get(id) ?? { links: new Map(), hovers: [] }),
  };
}

function proofOf({ ranOn, library }: ShownSnippet): string {
  return library === undefined
    ? `This example ran on ${ranOn} when this page was built, and printed these lines.`
    : `This example ran on ${ranOn} when this page was built, with this site's stand-in for the ${library}, not with the library itself.`;
}

function noteOf(snippet: ShownSnippet | undefined, label: string): string | undefined {
  if (!snippet) return label === '' ? 'No example yet.' : `No ${label} example yet.`;
  if (snippet.ran) return undefined;
  return `Not run when this page was built: ${snippet.notRunBecause?.replace(/\.$/, '')}.`;
}
