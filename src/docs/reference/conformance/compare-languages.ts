/** Entries in other languages, as written, and the entry in the language of the code → every difference. */
import { nearestName } from '../../findings/index.ts';
import {
  CODE,
  type DeclaredEntries,
  type FilledEntry,
  type FilledRow,
  type OwnSpelling,
  type Translator,
  pairEntries,
  translateSource,
} from '../declared/index.ts';
import { GROUPS, type ResolvedEntry, type ResolvedOwner, type ResolvedRow, shownRows } from '../resolved-entry.ts';
import { type DifferenceFinding, Report } from './difference.ts';
import type { Direction } from './compare-types.ts';

/** Compares every entry for which the code declares the entry with the same id. */
export function compareLanguages(
  entries: readonly ResolvedEntry[],
  declared: DeclaredEntries,
  spellings: Readonly<Record<string, OwnSpelling>>,
): DifferenceFinding[] {
  return pairEntries(entries, declared, spellings).flatMap(({ entry, source, translator }) =>
    source && translator ? compareEntry(entry, source, translator) : [],
  );
}

function compareEntry(entry: ResolvedEntry, source: FilledEntry, translator: Translator): DifferenceFinding[] {
  const comparison = new LanguageComparison(entry, source, translator);
  comparison.run();
  return comparison.report.findings;
}

/** A row of the code with the type that it has there, under its name in the language. */
interface Expected {
  key: string;
  row: FilledRow;
  inner: readonly FilledRow[];
}

class LanguageComparison {
  readonly report: Report;
  readonly #entry: ResolvedEntry;
  readonly #source: FilledEntry;
  readonly #translator: Translator;

  constructor(entry: ResolvedEntry, source: FilledEntry, translator: Translator) {
    this.#entry = entry;
    this.#source = source;
    this.#translator = translator;
    this.report = new Report(`${entry.language} ${entry.title}`);
  }

  run(): void {
    this.#key();
    for (const group of GROUPS) {
      const rows = this.#entry[group];
      if (!rows) continue;
      const direction = group === 'parameters' ? 'given' : 'returned';
      this.#containers(rows, this.#source[group]);
      // A single row documents the result itself, under any name.
      const [only] = this.#source[group];
      const [row] = rows;
      const isResult = group === 'returns' && this.#source[group].length === 1 && !only?.unwrap && rows.length === 1;
      if (isResult && only && row && !row.unwrap)
        this.#row(row, { key: row.key, row: only, inner: only.rows }, direction);
      else this.#rows(rows, this.#source[group], this.#entry, group === 'parameters' ? 'option' : 'field');
    }
    const { parameters, returns, properties } = translateSource(this.#source, this.#translator);
    const names = namesIn([...parameters, ...returns, ...properties]);
    for (const name of this.#entry.leftOut) {
      if (names.includes(name)) continue;
      this.report.add(this.#entry.at('leftOut'), `leftOut of "${this.#entry.key}"`, {
        code: 'left-out-unknown',
        found: `"${name}"`,
        expected: `a name of the ${CODE} entry`,
        nearest: nearestName(name, names),
        fix: 'Remove the name from leftOut.',
      });
    }
  }

  #key(): void {
    const { key } = this.#entry;
    const expected = this.#translator.name(this.#source.key);
    // Types have the same name in every language.
    const isType = this.#source.key === key && /^[A-Z]/.test(key);
    if (isType || key === expected) return;
    this.report.add(this.#entry.at('key'), 'The entry', {
      code: 'entry-unknown',
      found: `"${key}"`,
      expected: `"${expected}", as its ${CODE} entry is "${this.#source.key}"`,
      nearest: expected,
      fix: 'Rename the entry, or add the name to the option "spellings".',
    });
  }

  /** An unwrapped object is not shown, but says whether it may be left out. */
  #containers(rows: readonly ResolvedRow[], source: readonly FilledRow[]): void {
    const written = rows.filter(({ unwrap }) => unwrap);
    const expected = source.filter(({ unwrap }) => unwrap);
    for (const [index, row] of written.entries()) {
      const container = expected[index];
      if (container) this.#optional(row, container.optional);
    }
  }

  #rows(
    rows: readonly ResolvedRow[],
    source: readonly FilledRow[],
    owner: ResolvedOwner,
    kind: 'option' | 'field',
  ): void {
    const direction = kind === 'option' ? 'given' : 'returned';
    const expected = shownRows(source).map((row): Expected => ({
      key: this.#translator.name(row.key, this.#source.key),
      row:
        kind === 'option' && this.#translator.requires(row.key, this.#source.key) ? { ...row, optional: false } : row,
      inner: row.rows,
    }));
    const shown = shownRows(rows).filter(({ unwrap }) => !unwrap);
    const keys = expected.map(({ key }) => key);
    for (const row of shown) {
      const found = expected.find(({ key }) => key === row.key);
      if (found) this.#row(row, found, direction);
      else
        this.report.add(row.at('key'), `"${row.key}"`, {
          code: `${kind}-surplus`,
          found: `"${row.key}"`,
          expected: keys.length > 0 ? `one of ${keys.map((key) => `"${key}"`).join(', ')}` : 'no row with this name',
          nearest: nearestName(row.key, keys),
          fix: `Rename the row to match the ${CODE} entry, or remove it.`,
        });
    }
    // An unwrapped row without rows is filled in.
    if (rows.some((row) => row.unwrap && !row.rows)) return;
    const leftOut = [owner, ...rows.filter(({ unwrap }) => unwrap)].flatMap((each) => each.leftOut);
    for (const { key, row } of expected) {
      if (shown.some((each) => each.key === key) || leftOut.includes(key)) continue;
      this.report.add(owner.at('key'), `"${owner.key}"`, {
        code: `${kind}-missing`,
        found: `no row for "${key}"`,
        expected: `"${key}", of type "${this.#translator.type(row)}", ${row.optional ? 'optional' : 'required'}`,
        fix: `Document "${key}", or list it in leftOut.`,
      });
    }
  }

  #row(row: ResolvedRow, { row: source, inner }: Expected, direction: Direction): void {
    this.#optional(row, source.optional);
    if (row.type !== '' && source.type !== '' && !this.#translator.accepts(row.type, source, direction)) {
      const type = this.#translator.type(source);
      this.report.add(row.at('type'), `"${row.key}"`, {
        code: 'type-differs',
        found: `the type "${row.type}"`,
        expected: `"${type}", as its ${CODE} type is "${source.type}"`,
        fix: 'Write that type, or leave the type out.',
      });
    }
    if (row.rows && row.rows.length > 0) this.#rows(row.rows, inner, row, direction === 'given' ? 'option' : 'field');
  }

  #optional(row: ResolvedRow, optional: boolean): void {
    if (row.optional === undefined || row.optional === optional) return;
    this.report.add(row.at('optional'), `"${row.key}"`, {
      code: 'optional-differs',
      found: row.optional ? 'it optional' : 'it required',
      expected: optional ? 'it optional' : 'it required',
      fix: optional ? 'Add "optional: true" to the row.' : 'Remove "optional: true" from the row.',
    });
  }
}

function namesIn(rows: readonly FilledRow[]): string[] {
  return rows.flatMap(({ key, rows: inner }) => [key, ...namesIn(inner)]);
}
