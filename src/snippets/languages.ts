/** The languages programs are written in. A new one is a row here. */
import { join } from 'node:path';
import { runJavaScript } from './run/javascript/run-javascript.ts';
import type { Runner } from './run/outcome.ts';
import { runWithInterpreter } from './run/run-interpreted.ts';

/** Key of the language, as reference metadata has it. */
export type Language = 'js' | 'ruby' | 'python';

export interface LanguageRow {
  language: Language;
  /** Ending of the file name. */
  ending: string;
  /** What a comment line begins with. */
  commentMark: string;
  /** Whose documented calls the programs make, where that is not this package. */
  library?: string;
  /** Runs programs; without one, a program of the language is refused, since a page never shows what did not run. */
  runner?: Runner;
}

const RUN = join(import.meta.dirname, 'run');

export const LANGUAGES: readonly LanguageRow[] = [
  { language: 'js', ending: '.ts', commentMark: '//', runner: runJavaScript },
  { language: 'ruby', ending: '.rb', commentMark: '#', library: 'gem workos 5', runner: runWithInterpreter(join(RUN, 'ruby/ruby-program.ts')) },
  { language: 'python', ending: '.py', commentMark: '#', library: 'package workos 5', runner: runWithInterpreter(join(RUN, 'python/python-program.ts')) },
];

/** The language of a file, by the ending of its name. */
export function languageOf(file: string): LanguageRow | undefined {
  return LANGUAGES.find(({ ending }) => file.endsWith(ending));
}
