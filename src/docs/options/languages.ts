/** The languages of snippets and reference entries: names, file extensions, and which of them are not run. */

import type { Language, LanguageOptions } from './project.ts';

const row = (language: string, label: string, ending: string, commentMark: string, grammar = language): Language => ({
  language,
  label,
  ending,
  commentMark,
  grammar,
});

/** In the order in which a page shows them. */
export const LANGUAGES: readonly Language[] = [
  row('js', 'Node.js', '.ts', '//', 'ts'),
  row('ruby', 'Ruby', '.rb', '#'),
  row('python', 'Python', '.py', '#'),
  row('go', 'Go', '.go', '//'),
  row('java', 'Java', '.java', '//'),
  row('php', 'PHP', '.php', '//'),
  row('dotnet', '.NET', '.cs', '//', 'csharp'),
  row('kotlin', 'Kotlin', '.kt', '//'),
  row('rust', 'Rust', '.rs', '//'),
  row('elixir', 'Elixir', '.ex', '#'),
  row('swift', 'Swift', '.swift', '//'),
  row('curl', 'cURL', '.sh', '#', 'shell'),
  row('json', 'JSON', '.json', ''),
  row('xml', 'XML', '.xml', ''),
];

/** The languages of a project: the table, with what its options say about languages that are not run. */
export function describeLanguages(notRun: Readonly<Record<string, string | LanguageOptions>>): Language[] {
  const given = Object.entries(notRun).map(([language, value]): Language => {
    const { because, ...more } = typeof value === 'string' ? { because: value } : value;
    const known = LANGUAGES.find((each) => each.language === language) ?? row(language, language, `.${language}`, '//');
    return { ...known, ...more, notRunBecause: because };
  });
  const others = given.filter(({ language }) => !LANGUAGES.some((each) => each.language === language));
  return [...LANGUAGES.map((each) => given.find(({ language }) => language === each.language) ?? each), ...others];
}

/** The language of a file, by its extension. */
export function languageOf(file: string, languages: readonly Language[] = LANGUAGES): Language | undefined {
  return languages.find(({ ending }) => file.endsWith(ending));
}

/** The label of a language: `js` → `Node.js`; languages outside the table keep their key. */
export function languageLabel(language: string, languages: readonly Language[] = LANGUAGES): string {
  return languages.find((each) => each.language === language)?.label ?? language;
}

/** Sorts languages in the order of the table, then all others by name. */
export function languageOrder(keys: Iterable<string>, languages: readonly Language[] = LANGUAGES): string[] {
  const rank = (key: string) => {
    const at = languages.findIndex(({ language }) => language === key);
    return at === -1 ? languages.length : at;
  };
  return [...new Set(keys)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
