/** Edit: lets the reader change an example, run it, reset it and share it as a link. */
import { adoptStyle } from '../adopt-style.client.ts';
import { clearHighlights, highlightRanges } from './edit-colours.client.ts';
import { stripTypes } from '../../run/strip-types.ts';
import { packText, unpackText } from './edit-link.ts';
import css from './edit.css?inline';

/** `#edit=<id of the snippet>.<packed text>` */
const FRAGMENT = '#edit=';
const DONE_MS = 2_000;

const LINKED = 'This example came with the link that you opened. This site has not checked it.';
const EDITED = 'Edited, not checked. Reset restores the checked example.';

interface Editing {
  code: HTMLElement;
  original: Node[];
  text: string;
  buttons: HTMLButtonElement[];
  /** Replaces the note about the checked output while the example is edited. */
  notice: HTMLElement;
  /** What Copy adds to the visible code. */
  tail: string | undefined;
}

const edits = new Map<Element, Editing>();

/** Makes the example in the panel editable; `linked`, if given, replaces its text. */
export function edit(panel: Element, linked?: string): void {
  const open = edits.get(panel) ?? begin(panel);
  if (linked !== undefined && linked !== textOf(open)) {
    open.code.textContent = linked;
    // Put the notice above the code, so that it is visible and does not move while the reader types.
    open.code.parentElement!.before(open.notice);
    panel.classList.add('linked');
    showChange(panel, open);
  }
  open.code.focus();
}

/** Hides the checked output, which belongs to the original text only, while the text differs. */
function showChange(panel: Element, open: Editing): void {
  const { code, text, notice } = open;
  const changed = textOf(open) !== text;
  panel.classList.toggle('changed', changed);
  // Set it only on change: screen readers announce every change.
  const said = !changed ? '' : panel.matches('.linked') ? LINKED : EDITED;
  if (notice.textContent !== said) notice.textContent = said;
  // Results of an earlier run no longer match the code.
  code.querySelectorAll('[data-out]').forEach((mark) => mark.remove());
  panel.querySelector('.live')?.remove();
  highlightRanges(code);
}

/** Opens the edited example in the URL. Does not run it. */
export async function restore(): Promise<void> {
  const [, id = '', packed = ''] = /^#edit=([\w.-]+)\.([\w-]+)$/.exec(location.hash) ?? [];
  const panel = document.querySelector(`[data-run="${CSS.escape(id)}"]`)?.closest('.code');
  const text = await unpackText(packed);
  if (!panel || text === undefined) return;
  edit(panel, text);
  panel.scrollIntoView();
}

/** Runs the edited example. Returns false if it was not edited. */
export async function runEdited(button: HTMLButtonElement): Promise<boolean> {
  const open = edits.get(button.closest('.code')!);
  if (!open) return false;
  const { run } = await load('run');
  await run(button, toScript(textOf(open)));
  return true;
}

/** Turns a syntax error into a script that throws it on the right line. */
function toScript(source: string): string {
  try {
    return stripTypes(source);
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc?: { line: number } };
    return `${'\n'.repeat((loc?.line ?? 1) - 1)}throw new SyntaxError(${JSON.stringify(message.replace(/ \(\d+:\d+\)$/, ''))});`;
  }
}

function element(properties: Partial<HTMLButtonElement>): HTMLButtonElement {
  return Object.assign(document.createElement('button'), { type: 'button' }, properties);
}

function begin(panel: Element): Editing {
  adoptStyle(css);
  const code = panel.querySelector<HTMLElement>('.source code')!;
  const copy = panel.querySelector<HTMLElement>('.copy')!;
  const reset = element({ textContent: 'Reset', onclick: () => end(panel) });
  const link: HTMLButtonElement = element({ textContent: 'Link', onclick: () => share(panel, link) });
  const notice = Object.assign(document.createElement('p'), {
    className: 'notice',
    id: `${panel.querySelector<HTMLElement>('.run')!.dataset['run']}.notice`,
    role: 'status',
  });
  const open: Editing = {
    code,
    original: [...code.childNodes],
    text: code.textContent,
    buttons: [reset, link],
    notice,
    tail: copy.dataset['tail'],
  };
  edits.set(panel, open);
  delete copy.dataset['tail'];
  copy.before(...open.buttons);
  panel.querySelector('.output')!.prepend(notice);
  code.textContent = open.text;
  code.oninput = () => showChange(panel, open);
  code.contentEditable = 'plaintext-only';
  code.setAttribute('aria-describedby', notice.id);
  Object.assign(code, { role: 'textbox', ariaMultiLine: 'true', ariaLabel: 'Code', spellcheck: false });
  panel.classList.add('editing');
  highlightRanges(code);
  return open;
}

function end(panel: Element): void {
  const { code, original, buttons, notice, tail } = edits.get(panel)!;
  edits.delete(panel);
  code.oninput = null;
  clearHighlights(code);
  code.removeAttribute('contenteditable');
  for (const name of ['role', 'aria-multiline', 'aria-label', 'aria-describedby', 'spellcheck'])
    code.removeAttribute(name);
  code.replaceChildren(...original);
  for (const added of [...buttons, notice]) added.remove();
  if (tail !== undefined) panel.querySelector<HTMLElement>('.copy')!.dataset['tail'] = tail;
  panel.classList.remove('editing', 'changed', 'linked');
  panel.querySelector('.live')?.remove();
  if (location.hash.startsWith(FRAGMENT)) history.replaceState(null, '', location.pathname);
  panel.querySelector<HTMLElement>('.edit')?.focus();
}

async function share(panel: Element, button: HTMLButtonElement): Promise<void> {
  const id = panel.querySelector<HTMLElement>('.run')!.dataset['run'];
  history.replaceState(null, '', `${FRAGMENT}${id}.${await packText(textOf(edits.get(panel)!))}`);
  button.textContent = await navigator.clipboard.writeText(location.href).then(
    () => 'Copied',
    () => 'Link is in the address bar',
  );
  setTimeout(() => (button.textContent = 'Link'), DONE_MS);
}

/** Editable elements add a trailing line break. */
function textOf({ code }: Editing): string {
  return (code.textContent ?? '').replace(/\n$/, '');
}
