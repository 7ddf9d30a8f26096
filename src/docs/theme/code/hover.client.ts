/** Shows the hover text of an identifier in an example, by pointer and by keyboard. */
import { adoptStyle } from '../adopt-style.client.ts';
// To select code, a reader points at it.
import '../copy-selection.client.ts';
import css from './hover.css?inline';

/** Delays: a passing pointer shows nothing, and a leaving one has time to reach the text. */
const SHOW_AFTER_MS = 120;
const HIDE_AFTER_MS = 180;
const GAP_PX = 6;

const IDENTIFIER = '[data-h]';
const DESCRIBED_BY = 'aria-describedby';

type Row = [code: string, about?: string];

let table: Promise<Row[]> | undefined;
let popover: HTMLElement | undefined;
let shown: HTMLElement | undefined;
let timer = 0;

function fetchTable(): Promise<Row[]> {
  // The table has the path of the page's Markdown, with another extension.
  const { href } = document.querySelector<HTMLLinkElement>('link[type="text/markdown"]')!;
  table ??= fetch(href.replace(/md$/, 'hover.json')).then((response) => response.json() as Promise<Row[]>);
  return table.catch(() => {
    table = undefined;
    return [];
  });
}

async function show(identifier: HTMLElement): Promise<void> {
  if (identifier === shown) return;
  shown?.removeAttribute(DESCRIBED_BY);
  shown = identifier;
  const row = (await fetchTable())[Number(identifier.dataset['h'])];
  if (!row || identifier !== shown) return;
  if (!popover) {
    popover = document.createElement('div');
    popover.id = 'hover';
    popover.role = 'tooltip';
    popover.popover = 'manual';
    document.querySelector('main')!.append(popover);
  }
  popover.replaceChildren(
    ...row.map((text, index) =>
      Object.assign(document.createElement(index === 0 ? 'code' : 'p'), { textContent: text }),
    ),
  );
  popover.showPopover();
  identifier.setAttribute(DESCRIBED_BY, popover.id);
  place(identifier, popover);
}

/** Places it above the identifier, or below if there is no room. */
function place(identifier: HTMLElement, popover: HTMLElement): void {
  const { left, top, bottom } = identifier.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const above = top - height - GAP_PX;
  popover.style.left = `${Math.max(GAP_PX, Math.min(left, document.documentElement.clientWidth - width - GAP_PX))}px`;
  popover.style.top = `${above < GAP_PX ? bottom + GAP_PX : above}px`;
}

function hide(): void {
  clearTimeout(timer);
  shown?.removeAttribute(DESCRIBED_BY);
  shown = undefined;
  popover?.hidePopover();
}

function later(action: () => unknown, afterMs: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(action, afterMs);
}

function identifierOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(IDENTIFIER) : null;
}

function onMouseOver({ target }: Event): void {
  const identifier = identifierOf(target);
  if (identifier) later(() => show(identifier), SHOW_AFTER_MS);
  else if (popover?.contains(target as Node)) clearTimeout(timer);
  else if (shown && shown !== document.activeElement) later(hide, HIDE_AFTER_MS);
}

function onFocusIn({ target }: Event): void {
  const identifier = identifierOf(target);
  if (identifier) void show(identifier);
  else hide();
}

/** In a focused example, Enter moves to its identifiers, arrow keys between them, Escape back. */
function onKeyDown(event: KeyboardEvent): void {
  const { target, key } = event;
  if (key === 'Escape') hide();
  const program = (target as Element).closest<HTMLElement>('.source');
  if (!program) return;
  // Skip collapsed identifiers.
  const identifiers = [...program.querySelectorAll<HTMLElement>(IDENTIFIER)].filter((each) => each.checkVisibility());
  const at = identifiers.indexOf(target as HTMLElement);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key] ?? 0;
  const next =
    target === program
      ? key === 'Enter'
        ? identifiers[0]
        : undefined
      : key === 'Escape'
        ? program
        : step && at >= 0
          ? identifiers[at + step]
          : undefined;
  if (!next) return;
  event.preventDefault();
  // Keep links reachable by Tab.
  if (next.tabIndex < 0) next.tabIndex = -1;
  next.focus();
}

// Focus may scroll an identifier into view: move the text along. Code blocks scroll as well.
function onScroll(): void {
  if (!shown || !popover?.matches(':popover-open')) return;
  if (shown === document.activeElement) place(shown, popover);
  else hide();
}

const ON = { mouseover: onMouseOver, focusin: onFocusIn, keydown: onKeyDown };

/** Handles the event that caused this script to load, and listens for all later ones. */
export function handleFirstEvent(event: HTMLElementEventMap[keyof typeof ON]): void {
  adoptStyle(css);
  document.addEventListener('mouseover', onMouseOver);
  document.addEventListener('focusin', onFocusIn);
  document.addEventListener('keydown', onKeyDown);
  document.addEventListener('scroll', onScroll, { passive: true, capture: true });
  ON[event.type as keyof typeof ON](event as KeyboardEvent);
}
