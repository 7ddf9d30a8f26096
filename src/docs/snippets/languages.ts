/** The languages programs are written in. A new one is a row here. */
import { join } from 'node:path';
import { runJavaScript } from './run/javascript/run-javascript.ts';
import type { Runner } from './run/outcome.ts';
import type { NativeInterpreter } from './run/native/run-native.ts';
import { runWithInterpreter } from './run/interpreted/run-interpreted.ts';

/** Key of the language, as reference metadata has it. */
export type Language = 'js' | 'ruby' | 'python' | 'curl';

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
  /** Runs the programs that ask for the machine's own interpreter with `@native`. */
  native?: NativeInterpreter;
}

const RUN = join(import.meta.dirname, 'run');

export const LANGUAGES: readonly LanguageRow[] = [
  { language: 'js', ending: '.ts', commentMark: '//', runner: runJavaScript },
  {
    language: 'ruby',
    ending: '.rb',
    commentMark: '#',
    library: 'gem workos 5',
    runner: runWithInterpreter(join(RUN, 'interpreted/ruby/ruby-program.ts')),
    native: {
      commands: ['ruby', '/usr/bin/ruby'],
      probe: (libraries) => [
        '-e',
        `%w[${libraries.join(' ')}].each { |name| require name }; print "Ruby #{RUBY_VERSION}"`,
      ],
    },
  },
  {
    language: 'python',
    ending: '.py',
    commentMark: '#',
    library: 'package workos 5',
    runner: runWithInterpreter(join(RUN, 'interpreted/python/python-program.ts')),
    native: {
      commands: ['python3', '/usr/bin/python3', 'python'],
      probe: (libraries) => [
        '-c',
        `import ${['sys', ...libraries].join(', ')}; print("Python", sys.version.split()[0])`,
      ],
    },
  },
  {
    language: 'curl',
    ending: '.sh',
    commentMark: '#',
    native: {
      commands: ['sh'],
      probe: (commands) => [
        '-c',
        `${commands.map((name) => `command -v ${name} >/dev/null`).join(' && ')} && echo curl`,
      ],
    },
  },
];

/** The language of a file, by the ending of its name. */
export function languageOf(file: string): LanguageRow | undefined {
  return LANGUAGES.find(({ ending }) => file.endsWith(ending));
}
