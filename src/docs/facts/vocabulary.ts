/** The code of a project → the names in it, which pages may mention. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestName } from '../findings/index.ts';

export interface Vocabulary {
  root: string;
  /** Names as they are in code, such as `loadSession` and `--port`. */
  words: ReadonlySet<string>;
  /** All code on one line, without its comments. */
  text: string;
  scripts: ReadonlySet<string>;
  /** The packages that the project depends on. */
  packages: readonly string[];
}

/** A comment of a program; the output that a snippet must print is not one. */
const COMMENTS = /\/\*[^]*?\*\/|(?<=^|\s)\/\/(?! ?(?:Output:|[#@])).*$|^\s*#(?!!| Output:).*$/gm;
const OUTPUT = /^(?:\/\/|#) Output:[^]*/m;

/** Reads the files that match the patterns. */
export function readVocabulary(root: string, patterns: readonly string[]): Vocabulary {
  const files = globSync([...patterns], { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  const texts = files
    .filter((file) => !/\.test\.ts$|\/testdata\/|\/bench\//.test(file))
    .map((file) => `${file}\n${codeOf(file, readFileSync(join(root, file), 'utf8'))}`);
  const text = texts.join('\n').replaceAll(/\s+/g, ' ');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts?: Record<string, string>;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  return {
    root,
    words: new Set(text.match(/[\w$@#-]*[\w$]/g)),
    text,
    scripts: new Set(Object.keys(manifest.scripts ?? {})),
    packages: Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
  };
}

function codeOf(file: string, text: string): string {
  if (/\.(?:json|md|ya?ml)$/.test(file)) return text;
  const output = OUTPUT.exec(text)?.[0] ?? '';
  return `${text.slice(0, text.length - output.length).replaceAll(COMMENTS, '')}\n${output}`;
}

/** Whether the code has what is between the backticks, and if not, the part that it does not have. */
export function missingIn(code: string, vocabulary: Vocabulary): string | undefined {
  const span = code.replaceAll(/\s+/g, ' ').trim();
  const script = scriptsOf(span).find((name) => !vocabulary.scripts.has(name));
  if (script !== undefined) return `npm run ${script}`;
  if (/^npm run |^npx |^node /.test(span)) return missingInCommand(span, vocabulary) ?? missingNumber(span, vocabulary);
  // A route, and a field with its value, are one name.
  if (/^[A-Z]+ \//.test(span)) return vocabulary.text.includes(span) ? undefined : span;
  const [, field = '', value = ''] = /^["']?([\w$]+)["']?: ["']?(true|false|\d+|\w+)["']?$/.exec(span) ?? [];
  if (field !== '')
    return new RegExp(`\\b${field}["']?\\s*[:=]{1,3}\\s*["'\`]?${value}\\b`).test(vocabulary.text) ? undefined : span;
  if (isPath(span, vocabulary.root)) return existsIn(span, vocabulary.root) ? undefined : span;
  if (/^[a-z]\w*\.(?!mjs$)\w+$/.test(span)) return hasPhrase(vocabulary.text, span) ? undefined : span;
  if (/[^\w\s]/.test(span) && hasPhrase(vocabulary.text, span)) return undefined;
  const number = missingNumber(span, vocabulary);
  if (number !== undefined) return number;
  const lost = span
    .split(' ')
    .find(
      (part) => isPath(part, vocabulary.root) && !existsIn(part, vocabulary.root) && !hasPhrase(vocabulary.text, part),
    );
  return lost ?? namesOf(span).find((name) => !isKnown(name, vocabulary));
}

/** A number that code does not have beside the name that is before it, such as `Max-Age=0` and `--port 4010`. */
const NUMBER =
  /(?:(?<![\w$-])-*([\w$-]*[A-Za-z_$][\w$-]*)(?:["']?\s*[=:.(]{1,3}\s*["'`]?|\s+))?(?<!\w)(\d+(?:\.\d+)*)(?![\w-])/g;

function missingNumber(span: string, { text }: Vocabulary): string | undefined {
  return [...span.replaceAll(/<[^>]*>/g, ' ').matchAll(NUMBER)].find(
    ([, name, number = '']) =>
      !(name === undefined
        ? hasPhrase(text, number)
        : new RegExp(String.raw`${escape(name)}\W{1,6}${escape(number)}(?![\w.]*\d)`, 'i').test(text)),
  )?.[0];
}

const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The parts of a span that are names: not numbers, punctuation or placeholders. */
function namesOf(span: string): string[] {
  const withoutPlaceholders = span.replaceAll(/<[^>]*>/g, ' ').replaceAll('…', ' ');
  return (withoutPlaceholders.match(/[\w$@#-]*[\w$]/g) ?? []).filter((name) => name.length > 1);
}

function isKnown(name: string, { words, text }: Vocabulary): boolean {
  if (name.startsWith('--')) return words.has(name) || isOption(name, text);
  return [name, name.replace(/^-+/, ''), name.replace(/^[@#]/, '')].some((each) => words.has(each));
}

/** Whether a program reads the flag: `--port` is `port: { … }` in a table of options. */
function isOption(flag: string, text: string): boolean {
  return new RegExp(`(?<![\\w-])['"]?${flag.slice(2)}['"]?: \\{`).test(text);
}

/** What code has instead: another number beside the same name, another option, or another name. */
export function nearestInCode(missing: string, { words, text }: Vocabulary): string | undefined {
  if (!/[A-Za-z]/.test(missing)) return undefined;
  const [, name] = /^(.+\W)\d+(?:\.\d+)*$/.exec(missing) ?? [];
  const pairs = name === undefined ? [] : text.match(new RegExp(String.raw`(?<![\w-])${escape(name)}\d[\d.]*`, 'g'));
  if (pairs && pairs.length > 0) return nearestName(missing, pairs);
  const options = Array.from(
    text.matchAll(/(?<![\w-])['"]?([a-z][\w-]*)['"]?: \{/g),
    ([, option = '']) => `--${option}`,
  );
  const names = missing.startsWith('--') ? options : [...words];
  // A name that exists, but not in this place, is not its own correction.
  return nearestName(
    missing,
    names.filter((each) => each !== missing),
  );
}

/** Whether code has the route: `POST /keys`, `app.post('/keys'`, or a request or form with that method and path. */
export function hasRoute(method: string, path: string, { text }: Vocabulary): boolean {
  if (hasPhrase(text, `${method} ${path}`)) return true;
  const quoted = `["'\`/}]?${escape(path)}["'\`?]`;
  const called = String.raw`method\W{1,4}${method}\b`;
  const ways = [String.raw`\.${method}\(\s*${quoted}`, `${quoted}[^;]{0,80}${called}`, `${called}[^;]{0,80}${quoted}`];
  return new RegExp(ways.join('|'), 'i').test(text);
}

function hasPhrase(text: string, phrase: string): boolean {
  const isPart = (character: string | undefined) => /[\w$]/.test(character ?? '');
  for (let at = text.indexOf(phrase); at !== -1; at = text.indexOf(phrase, at + 1)) {
    const [before, after] = [text[at - 1], text[at + phrase.length]];
    if (!(isPart(before) && isPart(phrase[0])) && !(isPart(after) && isPart(phrase.at(-1)))) return true;
  }
  return false;
}

/** Whether the span is a path of a file of this project: its first folder is one. */
function isPath(span: string, root: string): boolean {
  const [, first = ''] = /^(?:\.\/)?([\w.-]+)\/[\w./<>*-]*$/.exec(span) ?? [];
  return first !== '' && existsSync(join(root, first));
}

function existsIn(span: string, root: string): boolean {
  // A placeholder is any file; so only the folder before it has to be there.
  return existsSync(join(root, span.replace(/[^/]*[<*…].*$/, '')));
}

/** The scripts in `npm --prefix keys run --silent build`, and in the same as a list of strings. */
function scriptsOf(span: string): string[] {
  const words = span.match(/[^\s"',[\]]+/g) ?? [];
  return words.flatMap((word, index) => {
    if (
      word !== 'run' ||
      !words.slice(Math.max(0, index - 4), index).some((each) => each === 'npm' || each === '--prefix')
    )
      return [];
    const name = words.slice(index + 1).find((each) => !each.startsWith('-')) ?? '';
    return /^[\w:-]+$/.test(name) ? [name] : [];
  });
}

function missingInCommand(span: string, vocabulary: Vocabulary): string | undefined {
  const [program, ...rest] = span.split(' ');
  const names = program === 'npm' ? rest.slice(1) : rest;
  const name = names.find((each) => !each.startsWith('-')) ?? '';
  if (program === 'npm' && !vocabulary.scripts.has(name) && !name.startsWith('<')) return `npm run ${name}`;
  // Flags of a command of a package are options of a program here, and those of Node are not.
  const flag = program === 'npx' ? names.find((each) => /^--\w/.test(each)) : undefined;
  const option = flag?.replace(/=.*$/, '');
  if (option !== undefined && !isOption(option, vocabulary.text)) return option;
  return names
    .filter((each) => each !== name && /^--?\w|^\w+$/.test(each))
    .flatMap((each) => namesOf(each.replace(/=.*$/, '')))
    .find((each) => !isKnown(each, vocabulary));
}
