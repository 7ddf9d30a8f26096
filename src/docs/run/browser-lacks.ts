/** A program as JavaScript → what it uses that prints something else in a browser than in Node, or is not there. */

/** Functions of Node's console that print in a form of their own. */
export const UNPRINTED = [
  'table',
  'dir',
  'dirxml',
  'group',
  'groupCollapsed',
  'count',
  'time',
  'timeEnd',
  'timeLog',
  'assert',
  'trace',
] as const;

/** Patterns, and what a program that matches uses; `$1` is the first group. */
const LACKING: [pattern: RegExp, what: string][] = [
  // Browsers do not let scripts set it.
  [/\{\s*Cookie\b/, 'sets the Cookie header of a request'],
  [new RegExp(`\\bconsole\\s*\\.\\s*(${UNPRINTED.join('|')})\\b`), 'calls console.$1'],
  [/\bprocess\s*\.\s*(?!env\b)(\w+)/, 'uses process.$1'],
  [/\b(Buffer|__dirname|__filename|require|setImmediate)\b(?!['"])/, 'uses $1'],
  [/\bimport\.meta\.(\w+)/, 'uses import.meta.$1'],
];

/** Undefined if it uses nothing like that. */
export function findLack(program: string): string | undefined {
  for (const [pattern, what] of LACKING) {
    const found = pattern.exec(withoutComments(program));
    if (found) return what.replace('$1', found[1] ?? '');
  }
  return undefined;
}

/** Lines that are comments say nothing about what a program uses. */
function withoutComments(program: string): string {
  return program.replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
}
