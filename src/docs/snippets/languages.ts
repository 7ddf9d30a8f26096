/** The languages programs are written in. A new one is a row here, and one in `run/runners.ts`. */
/** Key of the language, as reference metadata has it. */
export type Language = 'js' | 'ruby' | 'python' | 'curl';

export interface LanguageRow {
  language: Language;
  /** Ending of the file name. */
  ending: string;
  /** What a comment line begins with. */
  commentMark: string;
}

export const LANGUAGES: readonly LanguageRow[] = [
  { language: 'js', ending: '.ts', commentMark: '//' },
  { language: 'ruby', ending: '.rb', commentMark: '#' },
  { language: 'python', ending: '.py', commentMark: '#' },
  { language: 'curl', ending: '.sh', commentMark: '#' },
];

/** The language of a file, by the ending of its name. */
export function languageOf(file: string): LanguageRow | undefined {
  return LANGUAGES.find(({ ending }) => file.endsWith(ending));
}
