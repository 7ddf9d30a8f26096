/** The languages of snippets. To add one, add a row here and in `run/runners.ts`. */
/** Key of the language in reference metadata. */
export type Language = 'js' | 'ruby' | 'python' | 'curl';

export interface LanguageRow {
  language: Language;
  /** File extension. */
  ending: string;
  /** Start of a comment line. */
  commentMark: string;
  /** The library whose API the snippets use, if it is not this package. */
  library?: string;
}

export const LANGUAGES: readonly LanguageRow[] = [
  { language: 'js', ending: '.ts', commentMark: '//' },
  { language: 'ruby', ending: '.rb', commentMark: '#', library: 'gem workos 5' },
  { language: 'python', ending: '.py', commentMark: '#', library: 'package workos 5' },
  { language: 'curl', ending: '.sh', commentMark: '#' },
];

/** The language of a file, by its extension. */
export function languageOf(file: string): LanguageRow | undefined {
  return LANGUAGES.find(({ ending }) => file.endsWith(ending));
}
