/**
 * What a page does with JavaScript: open the search, copy, keep the chosen language, change the theme; and load the
 * rest once it is asked for.
 */

const root = document.documentElement;

/** Storage may be switched off; the page then forgets, and works. */
function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // What was chosen holds for this page.
  }
}

/** Shows the language chosen here, and lets the address say so to whoever is given it. */
function chooseLanguage(language: string): void {
  remember('language', language);
  showLanguage(language);
  const url = new URL(location.href);
  url.searchParams.set('lang', language);
  // A row of another language's reference is out of sight now.
  if (/^#[a-z]+\./.test(url.hash)) url.hash = '';
  history.replaceState(null, '', url);
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const code = button.closest('.code')?.querySelector('code')?.textContent ?? '';
  const { copy: whole, tail = '', from } = button.dataset;
  const text = from ? fetch(from).then((answer) => answer.text()) : (whole ?? code + tail);
  // Some browsers forget the click while the page is fetched, unless they are handed the promise.
  const done = await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]).then(
    () => 'Copied',
    () => 'Not allowed',
  );
  button.textContent = done;
  setTimeout(() => (button.textContent = from ? 'Copy page' : 'Copy'), 2000);
}

// What identifiers say is loaded when a program is pointed at or reached by keyboard; until then it misses nothing.
let hovering = false;
let hover: Promise<LazyScripts['hover']> | undefined;
for (const type of ['mouseover', 'focusin', 'keydown'] as const) {
  document.addEventListener(type, (event) => {
    if (hovering || !(event.target as Element).closest?.('.source')) return;
    // One promise for all, so that they are attended to in their order.
    (hover ??= load('hover')).then(
      ({ attend }) => {
        hovering = true;
        attend(event);
      },
      () => (hover = undefined),
    );
  });
}

function find(): Promise<void> {
  return load('search').then(({ openSearch }) => openSearch());
}

document.addEventListener('keydown', (event) => {
  const { key, target, ctrlKey, metaKey } = event;
  if (key === 'Enter' && (ctrlKey || metaKey))
    (target as Element).closest('.code')?.querySelector<HTMLElement>('.run')?.click();
  const typing =
    (target as HTMLElement).isContentEditable ||
    (target as Element).matches('input:not([type=radio]), textarea, select');
  if (!(key === '/' && !typing) && !(key === 'k' && (ctrlKey || metaKey))) return;
  event.preventDefault();
  void find();
});

document.addEventListener('click', ({ target }) => {
  const button = (target as Element).closest('button');
  if (button?.matches('.copy')) void copy(button);
  if (button?.matches('.run')) {
    const edited = button.closest('.editing');
    (edited
      ? load('edit').then(({ runEdited }) => runEdited(button))
      : load('run').then(({ run }) => run(button))
    ).catch(() => (button.textContent = 'Not loaded'));
  }
  if (button?.matches('.edit')) {
    load('edit').then(
      ({ edit }) => edit(button.closest('.code')!),
      () => (button.textContent = 'Not loaded'),
    );
  }
  if (button?.matches('.find')) void find();
  if (button?.matches('.theme')) {
    const dark =
      getComputedStyle(root).colorScheme === 'dark' ||
      (!root.dataset['theme'] && matchMedia('(prefers-color-scheme: dark)').matches);
    root.dataset['theme'] = dark ? 'light' : 'dark';
    remember('theme', root.dataset['theme']);
  }
});

document.addEventListener('change', ({ target }) => {
  const choice = target as HTMLInputElement | HTMLSelectElement;
  // Tabs that an author named are numbered, and no choice of language.
  if (!choice.matches('.tabs input, .language') || /^\d/.test(choice.value)) return;
  // What is under the reader's hand or eyes stays where it is while what is above it changes height.
  const head = document.querySelector('.site-head')!;
  const inSight = [...document.querySelectorAll('main > *')].find(
    (each) => each.getBoundingClientRect().bottom > head.clientHeight,
  );
  const still = choice.matches('.language') ? (inSight ?? choice) : choice;
  const before = still.getBoundingClientRect().top;
  chooseLanguage(choice.value);
  scrollBy({ top: still.getBoundingClientRect().top - before, behavior: 'instant' });
});

/** A shared link's language holds for the pages after it, too. */
function followAddress(event?: Event): void {
  const shared = restore();
  if (shared && !document.prerendering && shared === document.querySelector<HTMLSelectElement>('.language')?.value)
    remember('language', shared);
  // A row that was out of sight when the browser looked for it.
  if (event?.type === 'hashchange') document.querySelector(':target')?.scrollIntoView();
  if (event?.type !== 'pageshow' && location.hash.startsWith('#edit='))
    void load('edit').then((edit) => edit.restore());
}

arriving.disconnect();
followAddress();
// What was prerendered, or comes back as it was left, shows what was chosen meanwhile.
for (const type of ['prerenderingchange', 'pageshow', 'hashchange']) addEventListener(type, followAddress, true);

const contents = [...document.querySelectorAll<HTMLAnchorElement>('.side ul ul a')];

/** Marks in the contents list where the reader is: the last heading in the upper third of the window, or above it. */
function markPlace(): void {
  const above = contents.filter(
    ({ hash }) =>
      document.getElementById(decodeURIComponent(hash.slice(1)))!.getBoundingClientRect().top < innerHeight / 3,
  );
  for (const link of contents) link.ariaCurrent = link === above.at(-1) ? 'location' : null;
}

if (contents[0]) addEventListener('scroll', markPlace, { passive: true });
