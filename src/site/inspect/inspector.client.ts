/** The form of the inspector: sends what is typed to a frame without a network, and draws what it finds. */
import type { Cause, Inspection, Step } from '../../sdk/inspect/index.ts';
import type { ExampleName, InspectorReply, InspectorRequest } from './messages.ts';

/** After this, the frame must have been stopped. */
const REPLY_MS_MAX = 10_000;
/** Longer than between two letters of somebody who types. */
const PAUSE_MS = 200;

const WORDS = {
  passed: 'Passed: ',
  failed: 'Failed: ',
  warned: 'Warning: ',
  skipped: 'Not checked: ',
  error: 'Error: ',
  warning: 'Warning: ',
  note: 'Note: ',
};

/** What is code in the sentences of the inspector. */
const CODE = /(\b[a-z]\w+\(\)|\bWORKOS_\w+|--[a-z-]+|\bwos-session(?:\.\d)?)/i;

const root = document.querySelector<HTMLElement>('.inspector')!;
const base = root.dataset['base'] ?? '';
const find = <Kind extends Element>(selector: string) => root.querySelector<Kind>(selector)!;
const text = find<HTMLTextAreaElement>('#inspect-text');
const password = find<HTMLInputElement>('#inspect-password');
const cookieName = find<HTMLInputElement>('#inspect-name');
const keys = find<HTMLTextAreaElement>('#inspect-keys');
const secrets = find<HTMLInputElement>('#inspect-secrets');
const example = find<HTMLSelectElement>('#inspect-example');
const found = find<HTMLElement>('.found');
const status = find<HTMLElement>('.verdict [role]');

let frame: Promise<HTMLIFrameElement> | undefined;

function openFrame(): Promise<HTMLIFrameElement> {
  const opened = element('iframe', { hidden: true, title: 'Sandbox of the inspector' });
  opened.sandbox.add('allow-scripts');
  opened.src = `${base}/live/inspect.html`;
  root.append(opened);
  return new Promise((resolve) => (opened.onload = () => resolve(opened)));
}

async function ask(request: InspectorRequest): Promise<InspectorReply> {
  const opened = await (frame ??= openFrame());
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const lost = setTimeout(() => {
      opened.remove();
      frame = undefined;
      resolve({ kind: 'failed', message: 'The inspector does not answer. Change the text, or reload the page.' });
    }, REPLY_MS_MAX);
    port1.onmessage = ({ data }: MessageEvent<InspectorReply>) => {
      clearTimeout(lost);
      resolve(data);
    };
    opened.contentWindow!.postMessage(request, '*', [port2]);
  });
}

let asked = 0;

/** Inspects what the form contains now. Replies to what it contained before are ignored. */
async function inspect(): Promise<void> {
  const turn = ++asked;
  if (text.value.trim() === '') return void (found.hidden = true);
  const reply = await ask({
    kind: 'inspect',
    text: text.value,
    password: password.value,
    cookieName: cookieName.value.trim(),
    keys: keys.value.trim(),
    secrets: secrets.checked ? 'shown' : 'hidden',
  });
  if (turn !== asked) return;
  found.hidden = false;
  if (reply.kind === 'inspected') draw(reply.inspection);
  else if (reply.kind === 'failed') drawFailure(reply.message);
}

async function fillIn(name: ExampleName): Promise<void> {
  const turn = ++asked;
  const reply = await ask({ kind: 'make-example', name });
  if (turn !== asked || reply.kind !== 'example') return;
  text.value = reply.text;
  password.value = reply.password;
  cookieName.value = keys.value = '';
  await inspect();
}

function draw({ verdict, causes, steps }: Inspection): void {
  const { authenticated, reason, meaning, page } = verdict;
  const outcome = authenticated === undefined ? (reason ? 'failed' : 'skipped') : authenticated ? 'passed' : 'failed';
  const title =
    authenticated === true
      ? 'Authenticated'
      : reason
        ? `${authenticated === false ? 'Not authenticated' : 'It throws'}: `
        : 'Not decided yet';
  status.dataset['mark'] = outcome;
  status.replaceChildren(title, ...(reason ? [element('code', {}, reason)] : []));
  const more = page === undefined ? [] : [' ', link(page, 'What the code means')];
  find('.verdict').replaceChildren(status, element('p', {}, meaning, ...more));
  find('.causes').replaceChildren(
    ...(causes.length === 0
      ? []
      : [element('h2', {}, 'What is wrong, and what to do'), element('ul', {}, ...causes.map(drawCause))]),
  );
  find('.steps').replaceChildren(
    element('h2', {}, 'What authenticate() does'),
    element('ol', {}, ...steps.map(drawStep)),
  );
}

function drawFailure(message: string): void {
  status.dataset['mark'] = 'failed';
  status.replaceChildren(message);
  find('.verdict').replaceChildren(status);
  for (const part of ['.causes', '.steps']) find(part).replaceChildren();
}

function drawCause({ severity, problem, remedy, page }: Cause): HTMLElement {
  return marked(
    severity,
    element('p', { className: 'problem' }, word(severity), ...withCode(problem)),
    element('p', { className: 'remedy' }, ...withCode(remedy), ' ', link(page, 'Read more')),
  );
}

function drawStep({ outcome, summary, facts, cookie }: Step): HTMLElement {
  const of = cookie === undefined ? [] : [element('span', { className: 'of' }, cookie)];
  if (facts.length === 0) return marked(outcome, element('p', {}, ...of, word(outcome), summary));
  const rows = facts.flatMap(({ label, value }) => [element('dt', {}, label), element('dd', {}, value)]);
  return marked(
    outcome,
    element(
      'details',
      { open: outcome === 'failed' },
      element('summary', {}, ...of, word(outcome), summary),
      element('dl', {}, ...rows),
    ),
  );
}

function marked(mark: string, ...children: Node[]): HTMLElement {
  const item = element('li', {}, ...children);
  item.dataset['mark'] = mark;
  return item;
}

/** Names of functions, variables and options, as code. */
function withCode(sentence: string): (Node | string)[] {
  return sentence.split(CODE).map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}

/** The mark as a word, for screen readers. */
function word(mark: keyof typeof WORDS): HTMLElement {
  return element('span', { className: 'unseen' }, WORDS[mark]);
}

function link(page: string, title: string): HTMLElement {
  return element('a', { href: base + page }, title);
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: object,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

let pause: ReturnType<typeof setTimeout>;
for (const field of [text, password, cookieName, keys]) {
  field.addEventListener('input', () => {
    example.value = '';
    clearTimeout(pause);
    pause = setTimeout(() => void inspect(), PAUSE_MS);
  });
}
secrets.addEventListener('change', () => void inspect());
example.addEventListener('change', () => {
  if (example.value !== '') void fillIn(example.value as ExampleName);
});
find('#inspect-clear').addEventListener('click', () => {
  for (const field of [text, password, cookieName, keys, example]) field.value = '';
  secrets.checked = false;
  void inspect();
  text.focus();
});
delete root.dataset['failed'];
// The frame is there by the time that something was typed. Something may have been before this script was.
frame = openFrame();
if (example.value !== '') void fillIn(example.value as ExampleName);
else void inspect();
