/** The languages of snippets. To add one, add a row here and in `run/runners.ts`. */
/** Key of the language in reference metadata. */
export type Language = 'js' | 'ruby' | 'python' | 'curl';

export interface LanguageRow {
  language: Language;
  /** File extension. */
  ending: string;
  /** Start of a comment line. */
  commentMark: string;
}

export const LANGUAGES: readonly LanguageRow[] = [
  { language: 'js', ending: '.ts', commentMark: '//' },
  { language: 'ruby', ending: '.rb', commentMark: '#' },
  { language: 'python', ending: '.py', commentMark: '#' },
  { language: 'curl', ending: '.sh', commentMark: '#' },
];

/** The language of a file, by its extension. */
export function languageOf(file: string): LanguageRow | undefined {
  return LANGUAGES.find(({ ending }) => file.endsWith(ending));
}
