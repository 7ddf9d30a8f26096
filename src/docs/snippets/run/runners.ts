/** The runners by language. */
import { join } from 'node:path';
import { runWithInterpreter } from './interpreted/run-interpreted.ts';
import { runJavaScript } from './javascript/run-javascript.ts';
import type { NativeInterpreter } from './native/run-native.ts';
import type { Runner } from './outcome.ts';

export interface RunnerRow {
  /** Runs snippets; without it, snippets of the language are findings unless the project says why they are not run. */
  runner?: Runner;
  /** Runs the snippets that ask for the machine's own interpreter with `@native`. */
  native?: NativeInterpreter;
}

export const RUNNERS: Readonly<Record<string, RunnerRow>> = {
  js: { runner: runJavaScript },
  ruby: {
    runner: runWithInterpreter(join(import.meta.dirname, 'interpreted/ruby/ruby-program.ts')),
    native: {
      commands: ['ruby', '/usr/bin/ruby'],
      probe: (libraries) => [
        '-e',
        `%w[${libraries.join(' ')}].each { |name| require name }; print "Ruby #{RUBY_VERSION}"`,
      ],
    },
  },
  python: {
    runner: runWithInterpreter(join(import.meta.dirname, 'interpreted/python/python-program.ts')),
    native: {
      commands: ['python3', '/usr/bin/python3', 'python'],
      probe: (libraries) => [
        '-c',
        `import ${['sys', ...libraries].join(', ')}; print("Python", sys.version.split()[0])`,
      ],
    },
  },
  curl: {
    native: {
      commands: ['sh'],
      probe: (commands) => [
        '-c',
        [...commands.map((name) => `command -v ${name} >/dev/null`), 'echo curl'].join(' && '),
      ],
    },
  },
};
