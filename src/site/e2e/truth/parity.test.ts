import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
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

async function factsOfHtml(page: Page): Promise<Facts & { programs: string[]; markdownPath: string }> {
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
      outputs: all('.output samp').map((output) => output.textContent ?? ''),
      markdownPath: document.querySelector('link[type="text/markdown"]')?.getAttribute('href') ?? '',
    };
  });
}

/** The facts in the Markdown of a page. */
function factsOfMarkdown(markdown: string): Facts {
  const fences = [...markdown.matchAll(/^(`{3,})(\w*)[^\n]*\n(.*?)\n\1$/gms)].map(([, , language, text]) => ({
    language,
    text: text ?? '',
  }));
  const prose = markdown.replaceAll(/^(`{3,})\w*[^\n]*\n.*?\n\1$/gms, '');
  return {
    rows: [...prose.matchAll(/^ *- `([^`]+)` \((.*?)\)(?=: |$)/gm)].map(
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

it('contains the same facts in HTML, in Markdown and in llms-full.txt', async () => {
  const whole = await readFile(join(inject('siteFolder'), 'llms-full.txt'), 'utf8');
  let rows = 0;
  for (const [path, { markdownPath, programs: _programs, ...html }] of shown) {
    const markdown = await readFile(join(inject('siteFolder'), markdownPath), 'utf8');
    expect(factsOfMarkdown(markdown), path).toEqual(html);
    expect(whole).toContain(markdown);
    rows += html.rows.length;
  }
  expect(rows).toBeGreaterThan(100);
});

it('lists every page in llms.txt', async () => {
  const listed = await readFile(join(inject('siteFolder'), 'llms.txt'), 'utf8');
  for (const path of shown.keys()) if (path !== '/') expect(listed).toContain(`](${path}.md)`);
});
