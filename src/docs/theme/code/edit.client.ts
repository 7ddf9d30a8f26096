/** Edit: the program on the page as text that the reader changes, runs, resets, and gives away as a link. */
import { adoptStyle } from '../adopt-style.client.ts';
import { colour, uncolour } from './edit-colours.client.ts';
import { stripTypes } from '../../run/strip-types.ts';
import { packText, unpackText } from './edit-link.ts';
import css from './edit.css?inline';

/** `#edit=<id of the snippet>.<packed text>` */
const FRAGMENT = '#edit=';
const DONE_MS = 2_000;

const LINKED = 'This program came with the link you opened. It has not been checked by this site.';
const EDITED = 'Edited, not checked. Reset brings back the checked program.';

interface Editing {
  code: HTMLElement;
  original: Node[];
  text: string;
  buttons: HTMLButtonElement[];
  /** Says in place of the page's proof that the program is not the one that was checked. */
  notice: HTMLElement;
  /** What Copy adds to the program. */
  tail: string | undefined;
}

const edits = new Map<Element, Editing>();

/** Makes the program of the panel editable; `linked`, the text that a link brought, takes its place where given. */
export function edit(panel: Element, linked?: string): void {
  const open = edits.get(panel) ?? begin(panel);
  if (linked !== undefined && linked !== textOf(open)) {
    open.code.textContent = linked;
    // Above the program, which may be long; what is typed must not move under the reader's hand.
    open.code.parentElement!.before(open.notice);
    panel.classList.add('linked');
    showChange(panel, open);
  }
  open.code.focus();
}

/** The page's proof and output are those of the program it was built with, and of no other. */
function showChange(panel: Element, open: Editing): void {
  const { code, text, notice } = open;
  const changed = textOf(open) !== text;
  panel.classList.toggle('changed', changed);
  // Set only once: it is announced when it changes.
  const said = !changed ? '' : panel.matches('.linked') ? LINKED : EDITED;
  if (notice.textContent !== said) notice.textContent = said;
  // What the program printed before the change is not what it prints now.
  code.querySelectorAll('[data-out]').forEach((mark) => mark.remove());
  panel.querySelector('.live')?.remove();
  colour(code);
}

/** Opens the edited program that the address carries. It is not run. */
export async function restore(): Promise<void> {
  const [, id = '', packed = ''] = /^#edit=([\w.-]+)\.([\w-]+)$/.exec(location.hash) ?? [];
  const panel = document.querySelector(`[data-run="${CSS.escape(id)}"]`)?.closest('.code');
  const text = await unpackText(packed);
  if (!panel || text === undefined) return;
  edit(panel, text);
  panel.scrollIntoView();
}

/** Runs what the reader wrote. False where the program was not edited. */
export async function runEdited(button: HTMLButtonElement): Promise<boolean> {
  const open = edits.get(button.closest('.code')!);
  if (!open) return false;
  const { run } = await load('run');
  await run(button, toScript(textOf(open)));
  return true;
}

/** A program that cannot be read throws what is wrong with it, on the line that is wrong. */
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
  Object.assign(code, { role: 'textbox', ariaMultiLine: 'true', ariaLabel: 'Program', spellcheck: false });
  panel.classList.add('editing');
  colour(code);
  return open;
}

function end(panel: Element): void {
  const { code, original, buttons, notice, tail } = edits.get(panel)!;
  edits.delete(panel);
  code.oninput = null;
  uncolour(code);
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
    () => 'In the address',
  );
  setTimeout(() => (button.textContent = 'Link'), DONE_MS);
}

/** An editor leaves a line break at the end that nobody typed. */
function textOf({ code }: Editing): string {
  return (code.textContent ?? '').replace(/\n$/, '');
}
