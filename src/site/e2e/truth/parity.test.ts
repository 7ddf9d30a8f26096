import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import GithubSlugger from 'github-slugger';
import { beforeAll, expect, inject, it } from 'vitest';
import type { SearchPage } from '../../../docs/search/index.ts';
import { launchBrowser } from '../browser.ts';
import { pagePaths, visitPages } from '../pages.ts';

interface Facts {
  /** `key (type, optional)` of every row, in order. */
  rows: string[];
  /** Programs, and signatures of entries. */
  listings: string[];
  outputs: string[];
}

/** The facts in the HTML of each page, by path. */
const shown = new Map<string, Awaited<ReturnType<typeof factsOfHtml>>>();
beforeAll(async () => {
  const browser = await launchBrowser();
  await visitPages(browser, await pagePaths(), async ({ page }, path) => void shown.set(path, await factsOfHtml(page)));
  await browser.close();
});

interface HtmlFacts extends Facts {
  programs: string[];
  /** What links within the site can lead to: headings, rows, error codes. */
  anchors: string[];
  /** Where each program ran, or why it did not. */
  notes: string[];
  markdownPath: string;
}

async function factsOfHtml(page: Page): Promise<HtmlFacts> {
  return page.evaluate(() => {
    const text = (element: Element | null | undefined) => (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    return {
      rows: all('.row:not(.catalogue .row, .throws .row) > dt').map((term) => {
        const kind = [text(term.querySelector('.type')), text(term.querySelector('.optional'))]
          .filter(Boolean)
          .join(', ');
        return `${text(term.querySelector('code'))} (${kind})`;
      }),
      listings: all('.source code, .signature code').map((code) => code.textContent ?? ''),
      programs: all('.source code').map((code) => code.textContent ?? ''),
      anchors: all('main :is(h1, h2, h3, h4, .row)[id]').map(({ id }) => id),
      notes: all('.output-proof, .not-run').map((note) =>
        text(note).replace(/ It cannot run in this page, because .*/, ''),
      ),
      outputs: all('.output samp').map((output) => output.textContent ?? ''),
      markdownPath: document.querySelector('link[type="text/markdown"]')?.getAttribute('href') ?? '',
    };
  });
}

/** The facts in the Markdown of a page. */
function factsOfMarkdown(markdown: string): Facts {
  // Code that a page wrote itself has a title or other words after its language.
  const fences = [...markdown.matchAll(/^(`{3,})([^\n]*)\n(.*?)\n\1$/gms)].map(([, , language, text]) => ({
    language,
    text: text ?? '',
  }));
  const prose = markdown.replaceAll(/^(`{3,})\w*[^\n]*\n.*?\n\1$/gms, '');
  return {
    rows: [...prose.matchAll(/^ *- <a id="[^"]+"><\/a>`([^`]+)` \((.*?)\)(?=: |$)/gm)].map(
      ([, key, kind]) => `${key} (${kind?.replaceAll('`', '')})`,
    ),
    listings: fences
      .filter(({ language }) => ['ts', 'ruby', 'python', 'shell'].includes(language ?? ''))
      .map(({ text }) => text),
    // Prose also contains fences; an output follows a line that announces it.
    outputs: [...markdown.matchAll(/^Output:\n\n(`{3,})text\n(.*?)\n\1$/gms)].map(([, , text]) => text ?? ''),
  };
}

/** The search entries of a page; rows of the error catalogue have no type. */
function factsOfSearch(parts: readonly Pick<SearchPage, 'sections'>[]): { rows: string[]; programs: string[] } {
  const lines = parts.flatMap(({ sections }) => sections.flatMap(({ lines }) => lines));
  return {
    rows: lines.flatMap(({ anchor, text }) =>
      anchor === undefined ? [] : (/^\S+ \((.*?)\)(?=: |$)/.exec(text)?.[0] ?? []),
    ),
    programs: lines.filter(({ language }) => language !== undefined).map(({ text }) => text),
  };
}

it('has search entries for the parameters, types and examples of each page', async () => {
  const folder = join(inject('siteFolder'), 'search');
  const files = await Array.fromAsync(glob('*/part-*.json', { cwd: folder }));
  const parts = await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as SearchPage),
  );
  let rows = 0;
  for (const [path, { rows: shownRows, programs }] of shown) {
    const found = factsOfSearch(parts.filter((part) => part.path === path));
    expect({ rows: found.rows.toSorted(), programs: found.programs.toSorted() }, path).toEqual({
      rows: shownRows.toSorted(),
      programs: programs.toSorted(),
    });
    rows += found.rows.length;
  }
  expect(rows).toBeGreaterThan(100);
});

const textOf = (file: string) => readFile(join(inject('siteFolder'), file), 'utf8');
const POINTER = '> Index of all pages: [llms.txt](/llms.txt)\n\n';

it('contains the same facts in HTML, in Markdown and in llms-full.txt', async () => {
  const whole = await textOf('llms-full.txt');
  let count = 0;
  for (const [path, { markdownPath, rows, listings, outputs }] of shown) {
    const markdown = await textOf(markdownPath);
    expect(factsOfMarkdown(markdown), path).toEqual({ rows, listings, outputs });
    expect(markdown.startsWith(POINTER), path).toBe(true);
    expect(whole).toContain(markdown.slice(POINTER.length));
    count += rows.length;
  }
  expect(count).toBeGreaterThan(100);
});

it('has every place that a link can lead to in Markdown as well', async () => {
  let count = 0;
  for (const [path, { markdownPath, anchors }] of shown) {
    const markdown = await textOf(markdownPath);
    const slugger = new GithubSlugger();
    const prose = markdown.replaceAll(/^(`{3,})\w*[^\n]*\n.*?\n\1$/gms, '');
    const slugs = [...prose.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
      slugger.slug(text.replaceAll(/\]\([^)]*\)|[`[\]]|\*\*/g, '')),
    );
    const ids = [...markdown.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id = '']) => id);
    expect(
      anchors.filter((anchor) => !slugs.includes(anchor) && !ids.includes(anchor)),
      path,
    ).toEqual([]);
    count += anchors.length;
  }
  expect(count).toBeGreaterThan(300);
});

it('says of each program in Markdown what the page says of it: where it ran, or why it did not', async () => {
  let count = 0;
  for (const [path, { markdownPath, notes }] of shown) {
    const markdown = (await textOf(markdownPath)).replaceAll(/\s+/g, ' ');
    for (const note of notes) expect(markdown, path).toContain(note);
    count += notes.length;
  }
  expect(count).toBeGreaterThan(80);
});

it('lists every page in llms.txt, which begins with the text of the page for agents and its example', async () => {
  const listed = await textOf('llms.txt');
  for (const [path, { markdownPath }] of shown) if (path !== '/llms') expect(listed).toContain(`](${markdownPath})`);
  const { listings, outputs } = factsOfMarkdown(listed);
  expect(listings).toEqual(shown.get('/llms')?.listings);
  expect(outputs).toEqual(shown.get('/llms')?.outputs);
  expect(outputs).toHaveLength(1);
  expect(listed).toContain('npm install http');
});

it('has each example in the file of each of its languages', async () => {
  const whole = new Set(factsOfMarkdown(await textOf('llms-full.txt')).listings);
  const texts = await Promise.all(['js', 'ruby', 'python'].map((language) => textOf(`llms-full.${language}.txt`)));
  const listings = texts.map((text) => factsOfMarkdown(text).listings);
  expect(new Set(listings.flat())).toEqual(whole);
  for (const some of listings) expect(new Set(some).size).toBeLessThan(whole.size);
});
