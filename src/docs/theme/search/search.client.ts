/** The search dialog: shows matching pages, sections and lines, and can be used by keyboard alone. */
import { base } from 'virtual:docs/addresses';
import { adoptStyle } from '../adopt-style.client.ts';
import {
  type Finder,
  type Found,
  type FoundPage,
  type FoundSection,
  type IndexManifest,
  createFinder,
  markWords,
} from '../../search/index.ts';
import css from './search.css?inline';

/** How many characters of a line are shown, from just before the first match. */
const LINE_LETTERS = 110;
const LETTERS_BEFORE = 24;

/** A reader who types on does not see these results: wait before loading what they show. */
const TYPING_MS = 80;
/** Say that it takes time, and that it takes too long. */
const SLOW_MS = 400;
const ANSWER_MS_MAX = 10_000;

const HOW = '↑ ↓ to choose, Enter to open, Esc to close';

interface Index extends Pick<IndexManifest, 'build' | 'begin'> {
  finder: Finder;
}

let index: Promise<Index> | undefined;
/** Number of queries so far: only the results of the last one are shown. */
let turn = 0;
/** The click to make when the results are there: Enter was pressed before, perhaps with Ctrl. */
let entered: MouseEvent | undefined;

const input = element('input', {
  type: 'search',
  placeholder: 'Search pages, parameters, code',
  spellcheck: false,
  autocomplete: 'off',
  autocapitalize: 'off',
  enterKeyHint: 'go',
  role: 'combobox',
  ariaLabel: 'Search',
  ariaExpanded: 'false',
  ariaAutoComplete: 'list',
});
const shut = element('button', { type: 'button', className: 'search-close', textContent: 'Close' });
const bar = element('div', { className: 'search-bar' });
const list = element('div', { id: 'found', role: 'listbox', ariaLabel: 'Results' });
const note = element('p', { role: 'status' });
const again = element('button', { type: 'button', className: 'search-again', textContent: 'Try again', hidden: true });
const dialog = element('dialog', { className: 'search', ariaLabel: 'Search' });
input.setAttribute('aria-controls', list.id);
bar.append(input, shut);
dialog.append(bar, list, note, again);

/** Opens the dialog, or focuses it again. */
export function openSearch(): void {
  if (!dialog.isConnected) {
    adoptStyle(css);
    document.body.append(dialog);
  }
  if (!dialog.open) {
    dialog.showModal();
    // The language may have changed since.
    void search(options().find(isChosen)?.href);
  }
  input.select();
}

/** Without the focus: otherwise, the next key would still go to the hidden field. */
function close(): void {
  dialog.close();
  input.blur();
}

async function fetchJson(path: string): Promise<unknown> {
  const response = await fetch(`${base}/search/${path}.json`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  if (!response.ok) throw new Error(`Cannot load ${path}: ${response.status}`);
  return response.json();
}

async function fetchIndex(): Promise<Index> {
  const { build, begin, ...manifest } = (await fetchJson('index')) as IndexManifest;
  return { build, begin, finder: createFinder(manifest, (name) => fetchJson(`${build}/${name}`)) };
}

/** Shows what matches the input; selects the result that links to `address`, or the first one. */
async function search(address?: string): Promise<void> {
  const now = ++turn;
  const isCurrent = () => now === turn;
  const query = input.value.trim();
  list.ariaBusy = 'true';
  entered = undefined;
  const slow = setTimeout(() => isCurrent() && tell('Searching…'), SLOW_MS);
  try {
    const found = await find(query, isCurrent);
    if (found && isCurrent()) show(query, found, address);
  } catch {
    index = undefined;
    if (isCurrent()) fail();
  } finally {
    clearTimeout(slow);
  }
}

/** Undefined if the reader typed on. */
async function find(query: string, isCurrent: () => boolean): Promise<Index['begin'] | Found | undefined> {
  const asked = await (index ??= fetchIndex());
  if (query === '') return asked.begin;
  try {
    return await ask(asked, query, isCurrent);
  } catch (error) {
    // The site may have been built again: its files are then in another folder.
    const newest = await (index = fetchIndex());
    if (newest.build === asked.build) throw error;
    return ask(newest, query, isCurrent);
  }
}

async function ask({ finder }: Index, query: string, isCurrent: () => boolean): Promise<Found | undefined> {
  const parts = await finder.find(query);
  if (!parts.isLoaded) await new Promise((typed) => setTimeout(typed, TYPING_MS));
  return isCurrent() ? finder.show(parts, document.querySelector<HTMLSelectElement>('.language')?.value) : undefined;
}

function show(query: string, found: Index['begin'] | Found, address: string | undefined): void {
  const isBegin = Array.isArray(found);
  list.replaceChildren(
    ...(isBegin ? [drawBegin(found)] : found.pages.map((page, at) => drawPage(page, at, found.terms))),
  );
  const count = options().length;
  input.ariaExpanded = String(count > 0);
  tell(
    isBegin
      ? HOW
      : count === 0
        ? `Nothing found for “${query}”. Try other words.`
        : `${count} ${count === 1 ? 'result' : 'results'} on ${found.pages.length} ${found.pages.length === 1 ? 'page' : 'pages'} · ${HOW}`,
  );
  again.hidden = true;
  list.ariaBusy = 'false';
  choose(options().find(({ href }) => href === address) ?? options()[0]);
  if (entered) options().find(isChosen)?.dispatchEvent(entered);
}

function fail(): void {
  list.replaceChildren();
  input.ariaExpanded = 'false';
  choose(undefined);
  tell('Search could not load. Check your connection.');
  again.hidden = false;
  list.ariaBusy = 'false';
}

function tell(sentence: string): void {
  // Setting the same text would make screen readers repeat it.
  if (note.textContent !== sentence) note.textContent = sentence;
}

/** Where to begin, while nothing is typed. */
function drawBegin(begin: Index['begin']): HTMLElement {
  const group = element('div', { role: 'group', ariaLabel: 'Start here' });
  group.append(
    element('span', { className: 'search-begin', ariaHidden: 'true', textContent: 'Start here' }),
    ...begin.map(({ path, title }, at) =>
      drawOption(`found-${at}`, path, [['span', 'search-title', title]], new Set<string>()),
    ),
  );
  return group;
}

function drawPage({ path, title, sections }: FoundPage, at: number, terms: ReadonlySet<string>): HTMLElement {
  const group = element('div', { role: 'group', ariaLabel: title });
  group.append(
    drawOption(
      `found-${at}`,
      path,
      [
        ['span', 'search-title', title],
        ['span', 'search-path', path],
      ],
      terms,
    ),
    ...sections
      .filter(({ section, line }) => section.anchor !== '' || line)
      .map((found, index) => drawOption(`found-${at}-${index}`, hrefOf(path, found), textsOf(found), terms)),
  );
  return group;
}

type Text = [tag: 'span' | 'code', className: string, text: string];

function textsOf({ section, line }: FoundSection): Text[] {
  const heading: Text[] = section.heading === '' ? [] : [['span', 'search-heading', section.heading]];
  return line ? [...heading, [line.language !== undefined ? 'code' : 'span', 'search-line', line.text]] : heading;
}

function hrefOf(path: string, { section, line }: FoundSection): string {
  const language = line?.language === undefined ? '' : `?lang=${line.language}`;
  const anchor = line?.anchor ?? section.anchor;
  return `${path}${language}${anchor === '' ? '' : `#${anchor}`}`;
}

function drawOption(id: string, href: string, texts: readonly Text[], terms: ReadonlySet<string>): HTMLElement {
  const option = element('a', { id, href: base + href, role: 'option', tabIndex: -1 });
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

input.addEventListener('input', () => void search());
again.addEventListener('click', () => {
  input.focus();
  void search();
});
shut.addEventListener('click', close);

dialog.addEventListener('keydown', (event) => {
  // Keys of an input method belong to it; 229 is how some browsers mark the last one.
  if (event.isComposing || event.keyCode === 229) return;
  const shown = options();
  const at = shown.findIndex(isChosen);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') close();
  else if (event.target !== input) return;
  else if (step !== undefined) choose(shown[(at + step + shown.length) % shown.length]);
  else if (event.key === 'Enter') {
    const { ctrlKey, metaKey, shiftKey } = event;
    const click = new MouseEvent('click', { ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true });
    if (!again.hidden) again.click();
    else if (list.ariaBusy === 'true') entered = click;
    else shown[at]?.dispatchEvent(click);
  } else return;
  event.preventDefault();
});

// How a phone closes dialogs.
dialog.addEventListener('cancel', close);

dialog.addEventListener('click', ({ target }) => {
  // A click outside the dialog, or on a result, which may be on this page.
  if (target === dialog || (target as Element).closest('a')) close();
});
