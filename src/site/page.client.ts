/** What a page does with JavaScript: open the search, copy, keep the chosen language, change the theme; and load the rest once it is asked for. */

const root = document.documentElement;

/** Storage may be switched off; the page then forgets, and works. */
function remember(name: string, value?: string): string | undefined {
  try {
    if (value !== undefined) localStorage.setItem(name, value);
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

function chooseLanguage(language: string | undefined): void {
  if (language === undefined) return;
  for (const input of document.querySelectorAll<HTMLInputElement>('.tabs input')) {
    if (input.value === language) input.checked = true;
  }
}

/** A link to a row in another language's reference opens that language. */
function followHash(): void {
  if (location.hash.startsWith('#edit=')) void load('edit').then(({ restore }) => restore());
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const language = target?.closest<HTMLElement>('.tab')?.dataset['language'];
  chooseLanguage(language);
  if (language !== undefined) target?.scrollIntoView();
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const code = button.closest('.code')?.querySelector('code')?.textContent ?? '';
  const { copy: whole, tail = '' } = button.dataset;
  const done = await navigator.clipboard.writeText(whole ?? code + tail).then(
    () => 'Copied',
    () => 'Not allowed',
  );
  button.textContent = done;
  setTimeout(() => (button.textContent = 'Copy'), 2000);
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
  if (key === 'Enter' && (ctrlKey || metaKey)) (target as Element).closest('.code')?.querySelector<HTMLElement>('.run')?.click();
  const typing = (target as HTMLElement).isContentEditable || (target as Element).matches('input:not([type=radio]), textarea, select');
  if (!(key === '/' && !typing) && !(key === 'k' && (ctrlKey || metaKey))) return;
  event.preventDefault();
  void find();
});

document.addEventListener('click', ({ target }) => {
  const button = (target as Element).closest('button');
  if (button?.matches('.copy')) void copy(button);
  if (button?.matches('.run')) {
    const edited = button.closest('.editing');
    (edited ? load('edit').then(({ runEdited }) => runEdited(button)) : load('run').then(({ run }) => run(button))).catch(() => (button.textContent = 'Not loaded'));
  }
  if (button?.matches('.edit')) {
    load('edit').then(({ edit }) => edit(button.closest('.code')!), () => (button.textContent = 'Not loaded'));
  }
  if (button?.matches('.find')) void find();
  if (button?.matches('.theme')) {
    const dark = getComputedStyle(root).colorScheme === 'dark' || (!root.dataset['theme'] && matchMedia('(prefers-color-scheme: dark)').matches);
    root.dataset['theme'] = dark ? 'light' : 'dark';
    remember('theme', root.dataset['theme']);
  }
});

document.addEventListener('change', ({ target }) => {
  const input = target as HTMLInputElement;
  if (!input.matches('.tabs input')) return;
  // The block under the reader's hand stays where it is while others above it change height.
  const before = input.getBoundingClientRect().top;
  chooseLanguage(remember('language', input.value) ?? input.value);
  scrollBy(0, input.getBoundingClientRect().top - before);
});

chooseLanguage(remember('language'));
addEventListener('hashchange', followHash);
followHash();
