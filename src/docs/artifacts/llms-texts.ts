/** The site → its texts for language models: a Markdown version of each page, llms.txt, and all pages in one file. */
import { type DescribedSite, type Page, installCommands } from '../describe/index.ts';
import { markdownWithBase } from '../options/index.ts';
import { inLanguage, markdownOf } from './markdown-twin.ts';

/** The text of the page at this path, if there is one, begins llms.txt. */
export const SUMMARY_PATH = '/llms';

const INDEX_FILE = '/llms.txt';
const FULL_FILE = '/llms-full.txt';

/** The code fences of a Markdown text. */
const FENCES = /(^(?:```+|~~~+)[^]*?^(?:```+|~~~+)$)/m;

/** Files by path; each function generates the text. Addresses are absolute if the site knows its own. */
export function describeTexts(site: DescribedSite): Map<string, () => string> {
  const { pages } = site;
  const at = addressOf(site);
  const pointer = `> Index of all pages: [llms.txt](${at}${INDEX_FILE})\n\n`;
  const texts = new Map<Page, string>();
  const textOf = (page: Page) => {
    const text = texts.get(page) ?? markdownWithBase(markdownOf(page), at);
    texts.set(page, text);
    return text;
  };
  const together = (textOfPage: (page: Page) => string) =>
    pages.map((page) => `<!-- ${at}${page.path} -->\n\n${textOfPage(page)}`).join('\n');
  const full = new Map([[FULL_FILE, () => together(textOf)]]);
  for (const { language } of pages[0]?.languages ?? [])
    full.set(`/llms-full.${language}.txt`, () =>
      together((page) => markdownWithBase(markdownOf(inLanguage(page, language)), at)),
    );
  const files = new Map<string, () => string>();
  for (const page of pages) files.set(page.markdownPath, () => pointer + textOf(page));
  files.set(INDEX_FILE, () => markdownWithBase(indexOf(site), at));
  for (const [path, text] of full) files.set(path, text);
  return files;
}

/** What the addresses of the site begin with: its origin and path, or the path alone. */
export function addressOf({ project: { base }, content: { siteUrl = '' } }: DescribedSite): string {
  return siteUrl + base;
}

/** In the form of https://llmstxt.org: title, summary, text without headings, and lists of links. */
function indexOf({ pages, content, project }: DescribedSite): string {
  const home = pages.find(({ path }) => path === '/');
  const summary = pages.find(({ path }) => path === SUMMARY_PATH);
  const listed = new Set(content.sections.flatMap((section) => section.pages));
  return [
    `# ${home?.title ?? project.title}`,
    `> ${home?.description ?? project.tagline}`,
    summary === undefined ? installText(pages) : withoutHeadings(markdownOf(summary)),
    'Each link leads to a page in Markdown; its address without `.md` is the same page in HTML. The examples ran when this site was built, and the pages show what they printed. An example that did not run says so.',
    ...content.sections.flatMap(({ title, pages: paths }) => {
      const shown = paths.flatMap((path) => pages.find((page) => page.path === path && page !== summary) ?? []);
      return shown.length === 0 ? [] : [`## ${title}`, shown.map(lineOf).join('\n')];
    }),
    '## Optional',
    [
      // The home page, and those that no navigation lists.
      ...pages.filter((page) => page !== summary && !listed.has(page.path)).map(lineOf),
      `- [All pages in one file](${FULL_FILE})`,
      ...(pages[0]?.languages ?? []).map(
        ({ language, label }) =>
          `- [All pages, with examples in ${label} only](/llms-full.${language}.txt): an example without a ${label} version is shown in its other languages`,
      ),
    ].join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function lineOf({ title, markdownPath, description }: Page): string {
  return `- [${title}](${markdownPath}): ${description}`;
}

function installText(pages: readonly Page[]): string {
  const [page] = pages;
  const [first] = page ? installCommands(page.installation) : [];
  return first === undefined ? '' : `Install: \`${first.command}\``;
}

/** Without the title; other headings become bold lines, since a heading begins a list of links. */
function withoutHeadings(markdown: string): string {
  return markdown
    .replace(/^# .*\n+/, '')
    .split(FENCES)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/^#+ (.*)$/gm, '**$1**')))
    .join('')
    .trim();
}
