/** Pages, documents and comments → findings for quantities, names and links that nothing in the project confirms. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Finding, nearestName } from '../findings/index.ts';
import type { ErrorCatalogue, FactOptions, Project } from '../options/index.ts';
import { type PageTree, readDocuments } from '../pages/index.ts';
import { checkDiagramCodes, namesOfDiagram, passagesOfDiagrams } from './diagrams.ts';
import { passagesOfEntries } from './entry-rows.ts';
import { type Ledger, type Phrase, type Row, isDeclared, readLedger } from './ledger.ts';
import { type LinkedPage, checkLinkTexts } from './link-texts.ts';
import { checkMethodCodes, methodCodesOf } from './method-codes.ts';
import { changedPhrase, nearestPassage, phraseWithOtherQuantity } from './nearest-passage.ts';
import { type Passage, onePlace, passagesOf, passagesOfComments, passagesOfExamples } from './passages.ts';
import { type Quantity, quantitiesOf } from './quantities.ts';
import { checkEntryTitles, checkTabTitles } from './titles.ts';
import { type Vocabulary, hasRoute, missingIn, nearestInCode, readVocabulary } from './vocabulary.ts';

/** The folders of the code that callers use. */
export function packageFolders({
  root,
  package: { source },
  emulator,
}: Pick<Project, 'root' | 'package' | 'emulator'>): string[] {
  return [source, ...(emulator === undefined ? [] : [relative(root, emulator)])].map((file) =>
    dirname(file).replaceAll('\\', '/'),
  );
}

export interface FactInputs {
  root: string;
  /** The folder of the pages. */
  content: string;
  facts: FactOptions;
  /** The folders of the package: all quantities in its doc comments are compared. */
  sources?: readonly string[];
  pages: readonly LinkedPage[];
  catalogue: ErrorCatalogue;
  /** The texts of the snippets, by name without extension. */
  programs: ReadonlyMap<string, string>;
}

/** Compares everything that readers can read with the code. */
export function checkFacts({ root, content, facts, sources = [], pages, catalogue, programs }: FactInputs): Finding[] {
  const ledger = readLedger(root, facts.ledger);
  const vocabulary = readVocabulary(root, facts.code);
  const wider = readVocabulary(root, [...facts.code, ...(facts.tools ?? [])]);
  // Pages are about the package; other documents are about the whole project.
  const vocabularyOf = (file: string) => (file.startsWith(`${content}/`) ? vocabulary : wider);
  const trees = [...pages.map(({ tree }) => tree), ...readDocuments(root, facts.documents)];
  const comments = filesOf(root, facts.comments).flatMap((file) => passagesOfComments(file, textOf(root, file)));
  const passages = [
    ...trees.flatMap(passagesOf),
    ...trees.flatMap(passagesOfFences),
    ...passagesOfCatalogue(pages, catalogue),
  ];
  const diagrams = trees.flatMap(passagesOfDiagrams);
  const methods = methodCodesOf(pages.flatMap(({ entries }) => entries));
  const codes = new Set(Object.values(catalogue).flatMap((rows) => rows.map(({ code }) => code)));
  const used = new Set<unknown>();
  const found = [
    ...ledger.findings,
    ...passages.flatMap((passage) => checkQuantities(passage, ledger, used, quantitiesOf(passage.text))),
    ...diagrams.flatMap((passage) =>
      checkQuantities(passage, ledger, used, quantitiesOf(passage.text).filter(hasUnit)),
    ),
    ...comments.flatMap((passage) => checkQuantities(passage, ledger, used, quantitiesOfComment(passage, sources))),
    ...[...passages, ...comments].flatMap((passage) => checkNames(passage, ledger, used, vocabularyOf(passage.file))),
    ...diagrams.flatMap((passage) => checkDiagramNames(passage, ledger, used, vocabularyOf(passage.file))),
    ...pages.flatMap(({ tree }) => checkDiagramCodes(tree, passagesOf(tree), codes)),
    ...[...passages, ...diagrams].flatMap((passage) => checkRoutes(passage, ledger, used, vocabularyOf(passage.file))),
    ...[...passages, ...comments].flatMap((passage) => checkMethodCodes(passage, methods, codes)),
    ...trees.flatMap((tree) => checkFences(tree, ledger, used, vocabularyOf(tree.file))),
    ...pages.flatMap((page) => checkLinkTexts(page, pages, catalogue, ledger, used)),
    ...pages.flatMap(({ tree, entries }) => [
      ...checkEntryTitles(tree, entries),
      ...checkTabTitles(tree, programs, vocabulary.packages),
    ]),
  ];
  const said = [...passages, ...diagrams, ...comments, ...trees.flatMap(linesOfFences)];
  // Rows of entries repeat descriptions, and examples repeat titles, so only a phrase with a column is looked for in them.
  const withRows = [...said, ...pages.flatMap(passagesOfEntries), ...trees.flatMap(passagesOfExamples)];
  const placesOf: PlacesOf = (says) => (says.includes(' | ') ? withRows : said);
  markStatements(ledger, placesOf, used);
  const suspects = new Set(found.map(({ file, line }) => `${file}:${line}`));
  const unused = unusedRows(ledger, used, suspects, placesOf);
  return [...found, ...unused];
}

/**
 * What callers of the package rely on has to come from somewhere. Other comments also explain algorithms, so only their
 * defaults and numbers with a unit are compared.
 */
function quantitiesOfComment({ file, text, declares }: Passage, sources: readonly string[]): Quantity[] {
  const found = quantitiesOf(text);
  const isOwn = sources.some((folder) => folder === '.' || file.startsWith(`${folder}/`));
  if (!isOwn || declares === undefined) return found.filter(hasUnit);
  return found.filter((each) => !isStandard(text, each) && !isDeclared(each.text, declares));
}

/** The passages in which a statement can be. */
type PlacesOf = (says: string) => readonly Passage[];

/** Marks the statements that are somewhere, or as often as they say. */
function markStatements({ statements }: Ledger, placesOf: PlacesOf, used: Set<unknown>): void {
  const texts = new Map<readonly Passage[], string>();
  // Joined, because a statement without a number of places can be about several lines.
  const join = (passages: readonly Passage[]) => {
    if (!texts.has(passages)) texts.set(passages, passages.map(({ text }) => text).join('\n'));
    return texts.get(passages) ?? '';
  };
  for (const statement of statements) {
    const { says, times } = statement;
    const places = placesOf(says);
    if (times === undefined ? join(places).includes(says) : countIn(places, says) === times) used.add(statement);
  }
}

function countIn(passages: readonly Passage[], says: string): number {
  return passages.filter(({ text }) => text.includes(says)).length;
}

function hasUnit({ text }: Quantity): boolean {
  return /^default|\d ?[a-z]+$/i.test(text);
}

/** `RFC 7519, sections 4.1 and 4.2` is where to read more. */
function isStandard(text: string, { text: quantity, index }: Quantity): boolean {
  return [...text.matchAll(/\b(?:RFC|ISO|BCP) \d+(?:,? (?:sections? )?\d[\d.]*(?:(?:,| and) \d[\d.]*)*)?/g)].some(
    (each) => each.index <= index && index + quantity.length <= each.index + each[0].length,
  );
}

function filesOf(root: string, patterns: readonly string[] = []): string[] {
  return globSync([...patterns], { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.endsWith('.test.ts'))
    .sort();
}

function textOf(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** Rows of the error catalogue, each as one passage like the row of a table, reported where a page lists them. */
function passagesOfCatalogue(pages: readonly LinkedPage[], catalogue: ErrorCatalogue): Passage[] {
  return pages.flatMap(({ tree }) =>
    tree.catalogues.flatMap(({ list, line, column }) =>
      (catalogue[list] ?? []).map(({ code, note = '', meaning, remedy }) =>
        onePlace(tree.file, [code, note, meaning, remedy].filter(Boolean).join(' | '), { line, column }),
      ),
    ),
  );
}

/** A finding for each quantity outside the phrases of the ledger. */
function checkQuantities(
  { file, text, locate }: Passage,
  ledger: Ledger,
  used: Set<unknown>,
  quantities: readonly Quantity[],
): Finding[] {
  const exempt = ledger.files.find(({ name }) => name === file);
  if (exempt) {
    used.add(exempt);
    return [];
  }
  for (const phrase of ledger.phrases) if (text.includes(phrase.says)) used.add(phrase);
  // Most passages have none, and there are many statements.
  if (quantities.length === 0) return [];
  const partOf = ({ says }: Phrase) => {
    const index = text.indexOf(says);
    return index === -1 ? [] : [{ index, end: index + says.length }];
  };
  // What confirms a statement confirms its numbers.
  const covered = [...ledger.phrases, ...ledger.statements].flatMap(partOf);
  return quantities
    .filter((each) => !covered.some(({ index, end }) => index <= each.index && each.index + each.text.length <= end))
    .map((each) => {
      const { text: quantity, index } = each;
      const changed = changedPhrase(text, each, ledger.phrases);
      if (changed) {
        const { phrase, now, was, is } = changed;
        const row = phrase.locate();
        return {
          code: 'quantity-unbound',
          file,
          ...locate(index),
          message: `Cannot confirm "${now}": ${row.file}:${row.line} says "${phrase.says}", with "${was}" instead of "${is}"`,
          fix: `Correct "${is}"; if it is right, correct the row.`,
        };
      }
      const says = surround(text, index, quantity.length);
      const nearest =
        phraseWithOtherQuantity(text, each, ledger.phrases) ??
        nearestName(
          says,
          ledger.phrases.map((phrase) => phrase.says),
        );
      return {
        code: 'quantity-unbound',
        file,
        ...locate(index),
        message: `Cannot confirm "${quantity}" in "${says}": ${ledger.file} does not say where it comes from`,
        ...(nearest !== undefined && { nearest }),
        fix: `Correct the number, or add the phrase to ${ledger.file} with its source, or with the reason why it has none.`,
      };
    });
}

/** A quantity with two words before it, or with those after it at the beginning of a sentence. */
function surround(text: string, index: number, length: number): string {
  const before = /(?:\S+ ){0,2}\S*$/.exec(text.slice(0, index))?.[0] ?? '';
  const after =
    before.split(' ').length > 2 ? '' : (/^\S*(?: [^\s|]+){0,2}/.exec(text.slice(index + length))?.[0] ?? '');
  return `${before}${text.slice(index, index + length)}${after}`.replace(/[.,;:]$/, '').trim();
}

function checkNames(
  { file, text, locate }: Passage,
  ledger: Ledger,
  used: Set<unknown>,
  vocabulary: Vocabulary,
): Finding[] {
  return [...text.matchAll(/`+ ?([^`]+?) ?`+/g)].flatMap(({ 1: span = '', index }) =>
    nameFindings(span, { file, ...locate(index) }, ledger, used, vocabulary),
  );
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const ROUTE = new RegExp(String.raw`\b(${METHODS.join('|')}) (\/(?:[\w/:.-]*[\w/])?)`, 'g');

/** Methods and paths outside backticks, such as POST /keys. */
function checkRoutes(
  { file, text, locate }: Passage,
  ledger: Ledger,
  used: Set<unknown>,
  vocabulary: Vocabulary,
): Finding[] {
  const prose = text.replaceAll(/`[^`]*`/g, (code) => ' '.repeat(code.length));
  return [...prose.matchAll(ROUTE)].flatMap(({ 0: route, 1: method = '', 2: path = '', index }): Finding[] => {
    const allowed = ledger.names.find(({ name }) => name === route);
    if (allowed) used.add(allowed);
    if (allowed || hasRoute(method, path, vocabulary)) return [];
    const other = METHODS.find((each) => hasRoute(each, path, vocabulary));
    return [
      {
        code: 'route-unknown',
        file,
        ...locate(index),
        message: `Cannot find the route "${route}" in the code of this project`,
        ...(other !== undefined && { nearest: `${other} ${path}` }),
        fix: `Correct the method or the path, or add "${route}" to "names" in ${ledger.file} with the reason.`,
      },
    ];
  });
}

function checkDiagramNames(
  { file, text, locate }: Passage,
  ledger: Ledger,
  used: Set<unknown>,
  vocabulary: Vocabulary,
): Finding[] {
  return namesOfDiagram(text).flatMap(({ name, index }) =>
    nameFindings(name, { file, ...locate(index) }, ledger, used, vocabulary),
  );
}

function linesOfFences({ file, fences }: PageTree): Passage[] {
  return fences.flatMap(({ text, textLine }) =>
    text.split('\n').map((line, offset) => onePlace(file, line, { line: textLine + offset, column: 1 })),
  );
}

/** What the comments beside commands say. */
function passagesOfFences({ file, fences }: PageTree): Passage[] {
  return fences
    .filter(({ language }) => /^(?:sh|bash)$/.test(language))
    .flatMap(({ text, textLine }) =>
      text.split('\n').flatMap((line, offset) => {
        const [, comment] = /(?:^| )# (.*)$/.exec(line) ?? [];
        return comment === undefined ? [] : [onePlace(file, comment, { line: textLine + offset, column: 1 })];
      }),
    );
}

/** Commands and data in fences. Programs are compiled or run elsewhere. */
function checkFences(tree: PageTree, ledger: Ledger, used: Set<unknown>, vocabulary: Vocabulary): Finding[] {
  return tree.fences
    .filter(({ language, run }) => run === undefined && /^(?:sh|bash|text|json|yaml|dotenv|env)?$/.test(language))
    .flatMap(({ text, textLine }) =>
      text
        .split('\n')
        .flatMap((line, offset) =>
          nameFindings(
            line.replace(/(?:^| )# .*$/, '').trim(),
            { file: tree.file, line: textLine + offset, column: 1 },
            ledger,
            used,
            vocabulary,
          ),
        ),
    );
}

function nameFindings(
  span: string,
  place: { file: string; line: number; column: number },
  ledger: Ledger,
  used: Set<unknown>,
  vocabulary: Vocabulary,
): Finding[] {
  const allowed = ledger.names.filter(({ name }) => name === span || span.split(/[\s=|&]+/).includes(name));
  for (const each of allowed) used.add(each);
  if (allowed.some(({ name }) => name === span)) return [];
  const rest = allowed.reduce((text, { name }) => text.split(name).join(' '), span);
  const missing = missingIn(rest, vocabulary);
  if (missing === undefined) return [];
  const nearest = nearestInCode(missing, vocabulary);
  const isElsewhere = missing.startsWith('--') && vocabulary.words.has(missing);
  return [
    {
      code: 'name-unknown',
      ...place,
      message: isElsewhere
        ? `Cannot find the option "${missing}" of "${span}" in a program of this project`
        : `Cannot find "${missing}"${missing === span ? '' : ` of "${span}"`} in the code of this project`,
      ...(nearest !== undefined && { nearest }),
      fix: `Correct the name, or add it to "names" in ${ledger.file} with the reason.`,
    },
  ];
}

interface UnusedRow {
  row: Row;
  what: string;
  /** The same row, if it is a statement. */
  statement?: Phrase;
}

/** Rows of the ledger that no page needs, each with what is now in its place. */
function unusedRows(
  { phrases, statements, files, names, links }: Ledger,
  used: ReadonlySet<unknown>,
  suspects: ReadonlySet<string>,
  placesOf: PlacesOf,
): Finding[] {
  const rows = [
    ...phrases.map((row) => ({ row, what: row.says })),
    ...statements.map((row) => ({ row, what: row.says, statement: row })),
    ...[...files, ...names].map((row) => ({ row, what: row.name })),
    ...links.map((row) => ({ row, what: row.says })),
  ].filter(({ row }) => !used.has(row));
  return rows.map(({ row, what, statement }: UnusedRow) => {
    const { from, times } = statement ?? {};
    const passages = placesOf(what);
    const others = times === undefined ? passages : passages.filter(({ text }) => !text.includes(what));
    const missing = missingLine(what, passages);
    const near = missing === undefined ? undefined : nearestPassage(missing, besideLines(what, others), suspects);
    const where =
      times === undefined ? 'on any page' : `in ${times} places: it is in ${passages.length - others.length}`;
    const place = near && `${near.file}:${near.line}`;
    const confirmed = from === undefined ? '' : `, which ${from} confirms,`;
    // Of several lines, only the one that has changed is known.
    const isUpdatable = near !== undefined && statement !== undefined && missing === what;
    return {
      code: 'fact-unused',
      ...row.locate(),
      message: `Cannot find ${missing === undefined ? describeLines(what) : `"${missing}"`}${confirmed} ${where}${near ? `: the nearest text is "${near.text}" in ${place}` : ''}`,
      ...(isUpdatable && { update: { was: what, becomes: near.verbatim, confirmedBy: statement.from ?? '' } }),
      fix: isUpdatable
        ? `If ${place} has become wrong, correct it; if it is right, and ${from} still confirms it, run npm run pages -- --update.`
        : near
          ? `If ${place} has become wrong, correct it; if it is right, correct the row or remove it.`
          : 'If a page lost it by mistake, restore the text; otherwise, correct the row or remove it.',
    };
  });
}

function linesOf(what: string): string[] {
  return what.split('\n').map((line) => line.trim());
}

/** The first line that no passage has, of a statement of several; undefined if only their order has changed. */
function missingLine(what: string, passages: readonly Passage[]): string | undefined {
  const lines = linesOf(what);
  return lines.length === 1 ? what : lines.find((line) => !passages.some(({ text }) => text.includes(line)));
}

/** Of a statement of several lines: the passages of the file that has most of them. */
function besideLines(what: string, passages: readonly Passage[]): readonly Passage[] {
  const lines = linesOf(what);
  if (lines.length === 1) return passages;
  const counts = new Map<string, number>();
  for (const { file, text } of passages)
    if (lines.some((line) => text.includes(line))) counts.set(file, (counts.get(file) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most ? passages.filter(({ file }) => file === most[0]) : passages;
}

function describeLines(what: string): string {
  const lines = linesOf(what);
  return `the lines from "${lines[0]}" to "${lines.at(-1)}" in this order`;
}
