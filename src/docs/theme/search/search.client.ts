/** The search dialog: shows matching pages, sections and lines, and can be used by keyboard alone. */
import { adoptStyle } from '../adopt-style.client.ts';
import type { SearchPage } from '../../artifacts/index.ts';
import { type Finder, type FoundPage, type FoundSection, createFinder, markWords } from './finder.ts';
import css from './search.css?inline';

/** How many characters of a line are shown, from just before the first match. */
const LINE_LETTERS = 110;
const LETTERS_BEFORE = 24;

let finder: Finder | undefined;
let outline: Promise<void> | undefined;
let text: Promise<void> | undefined;

const input = element('input', {
  type: 'search',
  placeholder: 'Search pages, parameters, code',
  spellcheck: false,
  autocomplete: 'off',
  role: 'combobox',
  ariaLabel: 'Search',
  ariaExpanded: 'false',
  ariaAutoComplete: 'list',
});
const list = element('div', { id: 'found', role: 'listbox', ariaLabel: 'Results' });
const note = element('p', { role: 'status' });
const dialog = element('dialog', { className: 'search', ariaLabel: 'Search' });
input.setAttribute('aria-controls', list.id);
dialog.append(input, list, note);

/** Opens the dialog, or focuses it again. */
export function openSearch(): void {
  if (!dialog.isConnected) {
    adoptStyle(css);
    document.body.append(dialog);
  }
  if (!dialog.open) {
    dialog.showModal();
    // The language may have changed since.
    show(options().find(isChosen)?.href);
  }
  input.select();
  outline ??= fetchFinder('outline').catch(() => {
    outline = undefined;
    note.textContent = 'Search failed to load.';
  });
}

async function fetchFinder(name: 'outline' | 'text'): Promise<void> {
  const response = await fetch(`/search/${name}.json`);
  finder = createFinder((await response.json()) as SearchPage[]);
  // Keep the selection when more results arrive.
  show(options().slice(1).find(isChosen)?.href);
}

/** Selects the result that links to `address`, or the first one. */
function show(address?: string): void {
  const query = input.value.trim();
  const { pages = [], terms = new Set<string>() } =
    finder?.(query, document.querySelector<HTMLSelectElement>('.language')?.value) ?? {};
  list.replaceChildren(...pages.map((page, index) => drawPage(page, index, terms)));
  input.ariaExpanded = String(pages.length > 0);
  note.textContent =
    query === ''
      ? '↑ ↓ to choose, Enter to open, Esc to close'
      : finder && pages.length === 0
        ? `Nothing found for “${query}”.`
        : '';
  choose(options().find(({ href }) => href === address) ?? options()[0]);
}

function drawPage({ page, sections }: FoundPage, index: number, terms: ReadonlySet<string>): HTMLElement {
  const group = element('div', { role: 'group', ariaLabel: page.title });
  group.append(
    drawOption(
      `found-${index}`,
      page.path,
      [
        ['span', 'search-title', page.title],
        ['span', 'search-path', page.path],
      ],
      terms,
    ),
    ...sections
      .filter(({ section, line }) => section.anchor !== '' || line)
      .map((found, at) => drawOption(`found-${index}-${at}`, hrefOf(page, found), textsOf(found), terms)),
  );
  return group;
}

type Text = [tag: 'span' | 'code', className: string, text: string];

function textsOf({ section, line }: FoundSection): Text[] {
  const heading: Text[] = section.heading === '' ? [] : [['span', 'search-heading', section.heading]];
  return line ? [...heading, [line.kind === 'code' ? 'code' : 'span', 'search-line', line.text]] : heading;
}

function hrefOf({ path }: SearchPage, { section, line }: FoundSection): string {
  const language = line?.language === undefined ? '' : `?lang=${line.language}`;
  const anchor = line?.anchor ?? section.anchor;
  return `${path}${language}${anchor === '' ? '' : `#${anchor}`}`;
}

function drawOption(id: string, href: string, texts: readonly Text[], terms: ReadonlySet<string>): HTMLElement {
  const option = element('a', { id, href, role: 'option', tabIndex: -1 });
  option.append(
    ...texts.map(([tag, className, content]) => {
      const drawn = element(tag, { className });
      drawn.append(...mark(content, terms));
      return drawn;
    }),
  );
  return option;
}

/** The text around the first match, with all matches marked. */
function mark(content: string, terms: ReadonlySet<string>): (string | HTMLElement)[] {
  const pieces = markWords(content, terms);
  const [before = ''] = pieces;
  if (content.length > LINE_LETTERS && before.length > LETTERS_BEFORE && pieces.length > 1)
    pieces[0] = `…${before.slice(-LETTERS_BEFORE)}`;
  let left = LINE_LETTERS;
  return pieces.flatMap((piece, index) => {
    const shown = piece.length > left ? `${piece.slice(0, left)}…` : piece;
    if (left <= 0 || shown === '') return [];
    left -= piece.length;
    return [index % 2 === 1 ? element('mark', { textContent: shown }) : shown];
  });
}

function options(): HTMLAnchorElement[] {
  return [...list.querySelectorAll<HTMLAnchorElement>('[role=option]')];
}

function isChosen(option: HTMLElement): boolean {
  return option.ariaSelected === 'true';
}

function choose(option: HTMLElement | undefined): void {
  for (const each of options()) each.ariaSelected = String(each === option);
  if (option) input.setAttribute('aria-activedescendant', option.id);
  else input.removeAttribute('aria-activedescendant');
  option?.scrollIntoView({ block: 'nearest' });
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: object,
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}

input.addEventListener('input', () => {
  text ??= fetchFinder('text').catch(() => (text = undefined));
  show();
});

input.addEventListener('keydown', (event) => {
  const shown = options();
  const at = shown.findIndex(isChosen);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined) choose(shown[(at + step + shown.length) % shown.length]);
  else if (event.key === 'Enter') shown[at]?.click();
  else return;
  event.preventDefault();
});

dialog.addEventListener('click', ({ target }) => {
  // A click outside the dialog, or on a result, which may be on this page.
  if (target === dialog || (target as Element).closest('a')) dialog.close();
});

show();
