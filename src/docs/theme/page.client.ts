/**
 * The script of every page: opens the search, copies, remembers the language, changes the theme, and loads the other
 * scripts on demand.
 */

const root = document.documentElement;

/** Does nothing if storage is disabled. */
function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // The choice then applies to this page only.
  }
}

/** Shows the chosen language, and adds it to the URL for sharing. */
function chooseLanguage(language: string): void {
  remember('language', language);
  showLanguage(language);
  const url = new URL(location.href);
  url.searchParams.set('lang', language);
  // The row that the fragment names belongs to another language, which is now hidden.
  if (/^#[a-z]+\./.test(url.hash)) url.hash = '';
  history.replaceState(null, '', url);
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const code = button.closest('.code')?.querySelector('code')?.textContent ?? '';
  const { copy: whole, tail = '', from } = button.dataset;
  if (!isSecureContext) return tell('Copy needs https://. Select the text instead.');
  const text = from ? fetch(from).then((answer) => answer.text()) : (whole ?? code + tail);
  // Pass a promise: some browsers require the clipboard call in the click handler itself.
  const done = await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]).then(
    () => 'Copied',
    () => 'Copy was blocked',
  );
  button.textContent = done;
  setTimeout(() => (button.textContent = from ? 'Copy page' : 'Copy'), 2000);
}

// Loads the hover script when an example is first hovered or focused; it then handles the events so far.
let hovering = false;
let hover: Promise<LazyScripts['hover']> | undefined;
for (const type of ['mouseover', 'focusin', 'keydown'] as const) {
  document.addEventListener(type, (event) => {
    if (hovering || !(event.target as Element).closest?.('.source')) return;
    // One promise for all events, to keep their order.
    (hover ??= load('hover')).then(
      ({ handleFirstEvent }) => {
        hovering = true;
        handleFirstEvent(event);
      },
      () => (hover = undefined),
    );
  });
}

const FAILED = 'failed to load. Check your connection and try again.';
const message = Object.assign(document.createElement('p'), { className: 'toast', role: 'alert' });

/** Shows a sentence for some seconds, and has it read aloud. */
function tell(sentence: string): void {
  document.body.append(message);
  message.textContent = sentence;
  setTimeout(() => message.remove(), 8000);
}

/** Runs the example beside `button`. */
function start(button: HTMLButtonElement): void {
  const running = button.closest('.editing')
    ? load('edit').then(({ runEdited }) => runEdited(button))
    : load('run').then(({ run }) => run(button));
  running.catch(() => tell(`Run ${FAILED}`));
}

function find(): void {
  message.remove();
  load('search').then(
    ({ openSearch }) => openSearch(),
    () => tell(`Search ${FAILED}`),
  );
}

document.addEventListener('keydown', (event) => {
  const { key, code, target, ctrlKey, metaKey, altKey } = event;
  const command = (ctrlKey || metaKey) && !altKey;
  if (key === 'Enter' && command) (target as Element).closest('.code')?.querySelector<HTMLElement>('.run')?.click();
  const typing =
    (target as HTMLElement).isContentEditable ||
    (target as Element).matches('input:not([type=radio]), textarea, select');
  const slash = key === '/' && !typing && (!(ctrlKey || metaKey) || event.getModifierState('AltGraph'));
  // The position of the key counts on keyboards without Latin letters.
  const k = command && (/^[a-z]$/i.test(key) ? /k/i.test(key) : code === 'KeyK');
  if (event.isComposing || !(slash || k)) return;
  event.preventDefault();
  find();
});

document.addEventListener('click', ({ target }) => {
  const button = (target as Element).closest('button');
  if (button?.matches('.copy')) void copy(button);
  if (button?.matches('.run')) start(button);
  if (button?.matches('.edit'))
    load('edit').then(
      ({ edit }) => edit(button.closest('.code')!),
      () => tell(`Edit ${FAILED}`),
    );
  if (button?.matches('.find')) find();
  if (button?.matches('.theme')) {
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    // Back at the theme of the system, follow it again.
    root.dataset['theme'] = (root.dataset['theme'] || system) !== system ? '' : system === 'dark' ? 'light' : 'dark';
    remember('theme', root.dataset['theme']);
  }
});

document.addEventListener('change', ({ target }) => {
  const choice = target as HTMLInputElement | HTMLSelectElement;
  if (choice.matches('.install input')) return remember('manager', choice.value);
  if (choice.matches('.scenario')) start(choice.closest('.code')!.querySelector('.run')!);
  // Tabs with authored titles have numbers as values: they do not choose a language.
  if (!choice.matches('.tabs input, .language') || /^\d/.test(choice.value)) return;
  // Keep the scroll position of what the reader is using while content above it changes height.
  const head = document.querySelector('.site-head')!;
  const inSight = [...document.querySelectorAll('main > *')].find(
    (each) => each.getBoundingClientRect().bottom > head.clientHeight,
  );
  const still = choice.matches('.language') ? (inSight ?? choice) : choice;
  const before = still.getBoundingClientRect().top;
  chooseLanguage(choice.value);
  scrollBy({ top: still.getBoundingClientRect().top - before, behavior: 'instant' });
});

/** The language of a shared link also applies to later pages. */
function followAddress(event?: Event): void {
  const shared = restore();
  if (shared && !document.prerendering && shared === document.querySelector<HTMLSelectElement>('.language')?.value)
    remember('language', shared);
  // The row was hidden when the browser tried to scroll to it.
  if (event?.type === 'hashchange') document.querySelector(':target')?.scrollIntoView();
  if (event?.type !== 'pageshow' && location.hash.startsWith('#edit='))
    void load('edit').then((edit) => edit.restore());
}

arriving.disconnect();
// Commands that name a file of this site, whose address was not known when it was built.
for (const command of document.querySelectorAll('.here'))
  command.textContent = command.textContent.replace(/http:\/\/[^/]+/, location.origin);
followAddress();
// Prerendered pages and pages from the back/forward cache show choices made in the meantime.
for (const type of ['prerenderingchange', 'pageshow', 'hashchange']) addEventListener(type, followAddress, true);

// Shows the current page in a long navigation, which scrolls on wide screens only.
const here = document.querySelector<HTMLElement>('.side [aria-current=page]');
here?.offsetParent?.scrollTo(0, here.offsetTop - 300);

const contents = [...document.querySelectorAll<HTMLAnchorElement>('.contents a')];

/** Marks the current heading in the table of contents: the last one above the lower edge of the upper third. */
function markPlace(): void {
  const above = contents.filter(
    ({ hash }) =>
      document.getElementById(decodeURIComponent(hash.slice(1)))!.getBoundingClientRect().top < innerHeight / 3,
  );
  for (const link of contents) link.ariaCurrent = link === above.at(-1) ? 'location' : null;
}

if (contents[0]) addEventListener('scroll', markPlace, { passive: true });
