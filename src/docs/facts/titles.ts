/** Titles of tabs and of reference entries → findings for those that name something else. */
import type { Finding } from '../findings/index.ts';
import type { PageTree } from '../pages/index.ts';

/** A reference entry, as its page declares it. */
export interface TitledEntry {
  key: string;
  id: string;
  language: string;
  title: string;
  parameters?: readonly EntryRow[];
  /** What it returns, with the strings that a field can be. */
  returns?: readonly EntryRow[];
  properties?: readonly EntryRow[];
  /** The codes that it throws. */
  throws?: readonly { names: readonly { text: string }[] }[];
}

/** A parameter, or a field of a result or an object. */
export interface EntryRow {
  key?: string;
  description?: string;
  values?: readonly { text: string }[];
  properties?: readonly EntryRow[];
}

/** The line of the frontmatter that has the title of an entry; the first line if none has. */
export function lineOfTitle({ text }: PageTree, title: string): number {
  return text.slice(0, Math.max(0, text.indexOf(`title: ${title}`))).split('\n').length;
}

/** A title ends with the identifier: `session.refresh()` of `refresh`. An entry is called the same in every language. */
export function checkEntryTitles(page: PageTree, entries: readonly TitledEntry[]): Finding[] {
  return entries.flatMap(({ key, id, language, title }): Finding[] => {
    if (!/^[\w.]+(?:\(\))?$/.test(title)) return [];
    const report = (what: string): Finding[] => [
      {
        code: 'entry-title-differs',
        file: page.file,
        line: lineOfTitle(page, title),
        message: `Cannot title the entry "${id}" in ${language} "${title}": ${what}`,
        fix: 'Correct the title, the key or the id.',
      },
    ];
    const own = title.replace('()', '').split('.');
    if (own.at(-1) !== key) return report(`expected it to end with "${key}"`);
    const first = entries.find((each) => each.id === id && each.title.includes('.'));
    const receiver = (of: string) => of.split('.').slice(0, -1).join('.').replaceAll('_', '').toLowerCase();
    if (!first || receiver(first.title) === receiver(title)) return [];
    return report(`in ${first.language} it is "${first.title}"`);
  });
}

/** A tab that is called like a package imports it. `programs` are the texts of the snippets by name. */
export function checkTabTitles(
  { file, blocks }: PageTree,
  programs: ReadonlyMap<string, string>,
  packages: readonly string[],
): Finding[] {
  return blocks
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ title, file: name, line, column }): Finding[] => {
      const code = programs.get(name ?? '');
      const words = (title ?? '').toLowerCase().split(/[\s.]/);
      const expected = packages.find((each) => each === words[0]) ?? /^node:\w+$/.exec(title ?? '')?.[0];
      if (code === undefined || expected === undefined || new RegExp(`['"]${expected}['"/]`).test(code)) return [];
      return [
        {
          code: 'tab-title-differs',
          file,
          line,
          column,
          message: `Cannot call the tab "${title}": its program ${name} does not import "${expected}"`,
          fix: 'Correct the title or the file.',
        },
      ];
    });
}
