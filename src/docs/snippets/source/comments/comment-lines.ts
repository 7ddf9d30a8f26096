/** A program → the lines that begin with a comment. Text in strings only looks like one. */
import { findComments } from '../../../typescript/index.ts';
import { findPythonComments } from './python.ts';
import { findRubyComments } from './ruby.ts';
import { findShellComments } from './shell.ts';
import { findPlainComments } from './plain.ts';

/** Finds the offsets of all comments. */
type FindComments = (source: string) => number[];

const BY_LANGUAGE: Readonly<Record<string, FindComments>> = {
  js: findComments,
  ruby: findRubyComments,
  python: findPythonComments,
  curl: findShellComments,
};

/** The lines, counted from 1. Languages without a scanner of their own have the strings of most languages. */
export function commentLines(source: string, language: string, commentMark: string): Set<number> {
  const find: FindComments = BY_LANGUAGE[language] ?? ((text) => findPlainComments(text, commentMark));
  const lines = new Set<number>();
  let line = 1;
  let lineStart = 0;
  for (const offset of find(source)) {
    for (let next = source.indexOf('\n', lineStart); next !== -1 && next < offset;) {
      line += 1;
      lineStart = next + 1;
      next = source.indexOf('\n', lineStart);
    }
    if (source.slice(lineStart, offset).trim() === '') lines.add(line);
  }
  return lines;
}
