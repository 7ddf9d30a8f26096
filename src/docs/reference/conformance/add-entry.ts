/** A name in the code → a new entry on a page, with only what the code cannot fill in. */
import { UsageError, nearestName } from '../../findings/index.ts';
import { type PageTree, type YamlPath, readFrontmatter } from '../../pages/index.ts';
import type { Declaration, DeclaredField, SdkProgram } from '../../typescript/index.ts';
import { CODE, type Subject, methodsOf, resolveSymbol, snakeCase } from '../declared/index.ts';
import type { ResolvedEntry } from '../resolved-entry.ts';
import { readWritten } from '../resolve.ts';

export interface AddedEntry {
  /** The page's file, from the project root. */
  file: string;
  /** Its new text. */
  text: string;
  /** Id of the entry. */
  id: string;
}

/**
 * Adds an entry for `name`, such as `cities.list`, to the page `file`, or to the page with the most entries of the same
 * owner. It has the key, the id, the url and the descriptions from the doc comments. Throws a `UsageError` for an
 * unknown or documented name, and for a page that cannot be chosen.
 */
export function addEntry(name: string, pages: readonly PageTree[], sdk: SdkProgram, file?: string): AddedEntry {
  const subject = findSubject(name, sdk);
  const { entries } = readWritten(pages.map(({ frontmatter }) => frontmatter));
  const documented = entries
    .filter(({ language }) => language === CODE)
    .flatMap((entry): { entry: ResolvedEntry; subject: Subject }[] => {
      const found = resolveSymbol(entry, sdk);
      return 'unknown' in found ? [] : [{ entry, subject: found }];
    });
  const present = documented.find((each) => each.subject.declared === subject.declared);
  if (present) {
    const { file: at, line } = present.entry.at('key');
    throw new UsageError(`Cannot add "${name}": ${at}:${line} documents it already`);
  }
  const page = choosePage(name, subject, pages, documented, file);
  const key = lastOf(subject.name);
  const ids = new Set(entries.filter((entry) => entry.page === page.path).map(({ id }) => id));
  const own = snakeCase(key);
  const id = ids.has(own) ? snakeCase(subject.title.replace('()', '')).replaceAll('.', '_') : own;
  const others = entries.filter((entry) => entry.page === page.path && entry.language === CODE);
  const found = resolveSymbol({ key, title: key, patternBefore: undefined }, sdk);
  const isPlain = !('unknown' in found) && found.declared === subject.declared;
  const lines = [
    `- key: ${key}`,
    `  id: ${id}`,
    `  url: ${others.at(-1)?.url ?? page.path}`,
    // Another method has the same key.
    ...(isPlain ? [] : [`  title: ${subject.title}`]),
    ...describe(sdk.declarationOf(subject.type)).map((line) => `  ${line}`),
  ];
  return { file: page.file, id, text: insertEntry(page, lines, name) };
}

function findSubject(name: string, sdk: SdkProgram): Subject {
  const path = name.replace(/\(\)$/, '');
  const key = lastOf(path);
  const subject = resolveSymbol({ key, title: path, patternBefore: undefined }, sdk);
  if (!('unknown' in subject)) return subject;
  const methods = methodsOf(sdk);
  const names = methods.map(({ title }) => title.replace('()', ''));
  const namesake = methods.findIndex((method) => method.key === key);
  const nearest = names[namesake] ?? nearestName(path, [...names, ...sdk.exportNames]) ?? subject.nearest;
  throw new UsageError(
    `Cannot add "${name}": the package has no public function, method or type with that name` +
      (nearest === undefined ? '' : ` (nearest "${nearest}")`),
  );
}

function choosePage(
  name: string,
  subject: Subject,
  pages: readonly PageTree[],
  documented: readonly { entry: ResolvedEntry; subject: Subject }[],
  file: string | undefined,
): PageTree {
  if (file !== undefined) {
    const path = file.replace(/^\.\//, '');
    const page = pages.find((each) => each.file === path);
    if (page) return page;
    const nearest = nearestName(
      path,
      pages.map((each) => each.file),
    );
    throw new UsageError(
      `Cannot add "${name}" to ${file}: no such page${nearest === undefined ? '' : ` (nearest "${nearest}")`}`,
    );
  }
  const ownerOf = ({ declared }: Subject) => declared.split('.').slice(0, -1).join('.');
  const related = documented.filter((each) => ownerOf(each.subject) === ownerOf(subject));
  const counts = new Map<string, number>();
  for (const { entry } of related) counts.set(entry.page, (counts.get(entry.page) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  const page = pages.find(({ path }) => path === most?.[0]);
  if (page) return page;
  throw new UsageError(
    `Cannot add "${name}": no page documents anything of ${ownerOf(subject) || 'the same kind'}, expected --page content/….mdx`,
  );
}

function lastOf(path: string): string {
  return path.split('.').at(-1) ?? path;
}

/** The descriptions, with the keys of the rows that have them. */
function describe({ about, calls: [call], fields }: Declaration): string[] {
  const own = about === '' ? [] : [`description: ${scalar(about)}`];
  if (!call) return [...own, ...group('properties', fields)];
  const [first, second] = call.parameters;
  const isOptions = first && !second && first.fields.length > 0;
  return [
    ...own,
    ...group('parameters', isOptions ? first.fields : call.parameters),
    ...group('returns', call.result && !call.result.text.endsWith('[]') ? call.result.fields : []),
  ];
}

/** A list without descriptions is left out as a whole. */
function group(name: string, fields: readonly DeclaredField[]): string[] {
  if (fields.every(({ about }) => about === '')) return [];
  const rows = fields.flatMap(({ name: key, about }) => [
    `  - key: ${key}`,
    ...(about === '' ? [] : [`    description: ${scalar(about)}`]),
  ]);
  return [`${name}:`, ...rows];
}

/** Text as a YAML scalar, with quotes if it needs them. */
function scalar(text: string): string {
  const isPlain =
    /^[\p{L}][^#]*$/u.test(text) && !/: |:$| #|\s$/.test(text) && !/^(?:true|false|null|yes|no)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

/** The page's text with the entry at the end of the entries in the language of the code. */
function insertEntry(
  { file, text, frontmatter: { yaml, page, firstLine } }: PageTree,
  lines: string[],
  name: string,
): string {
  const indented = (depth: number) => lines.map((line) => `${' '.repeat(depth)}${line}`);
  if (!/^---\r?\n/.test(text)) return ['---', 'reference:', `  ${CODE}:`, ...indented(4), '---', '', text].join('\n');
  const { values, locate } = readFrontmatter({ file, page, yaml, firstLine });
  const { reference } = values as { reference?: Record<string, unknown[] | null> | null };
  const written = text.split('\n');
  const insert = (at: number, more: readonly string[]) =>
    [...written.slice(0, at), ...more, ...written.slice(at)].join('\n');
  const end = firstLine - 1 + (yaml === '' ? 0 : yaml.split('\n').length);
  if (!reference) return insert(end, ['reference:', `  ${CODE}:`, ...indented(4)]);
  const lineOf = (path: YamlPath) => locate(path).line - 1;
  const entries = reference[CODE];
  if (!entries || entries.length === 0) {
    const after = written.findIndex((line, index) => index >= firstLine - 1 && /^reference:\s*$/.test(line));
    if (after === -1 || entries) throw notInLines(name, file);
    return insert(after + 1, [`  ${CODE}:`, ...indented(4)]);
  }
  const last = lineOf(['reference', CODE, entries.length - 1]);
  const depth = /^( *)- /.exec(written[last] ?? '')?.[1]?.length;
  if (depth === undefined) throw notInLines(name, file);
  const isInside = (line: string) => line.trim() === '' || line.startsWith(`${' '.repeat(depth + 1)}`);
  let at = last + 1;
  while (at < end && isInside(written[at] ?? '')) at++;
  while (written[at - 1]?.trim() === '') at--;
  return insert(at, indented(depth));
}

function notInLines(name: string, file: string): UsageError {
  return new UsageError(
    `Cannot add "${name}" to ${file}: expected reference.${CODE} with "- key:" on a line of its own`,
  );
}
