/** Entries as written, and what the code declares → entries with nothing left out. */
import type { Declaration, DeclaredCall, DeclaredField, DeclaredType } from '../../typescript/index.ts';
import type { ResolvedEntry, ResolvedRow } from '../resolved-entry.ts';
import { splitUnion } from '../type-text.ts';
import type { FilledEntry, FilledRow } from './filled-entry.ts';
import { areFields, gatherOptions } from './loose-rows.ts';

/** Types in documented text that say nothing about the fields. */
const LOOSE_OBJECTS: readonly string[] = ['', 'object', 'object[]'];
/** Longer lists of values are not repeated at each row. */
const VALUES_MAX = 12;

/** Whether an entry of the language documents the type with this name. */
type IsEntry = (name: string) => boolean;

/** Fills `entry` from the declaration; without one, what is left out stays empty. */
export function fillEntry(entry: ResolvedEntry, declaration: Declaration | undefined, isEntry: IsEntry): FilledEntry {
  const filler = new Filler(entry, isEntry);
  const isType = /^[A-Z]/.test(entry.key);
  const signature = declaration && callOf(entry, declaration);
  // A type of functions is not called by its name.
  const call = isType ? undefined : signature;
  const definition = declaration && !call ? definitionOf(declaration, signature) : undefined;
  return {
    ...entry,
    ...(definition !== undefined && { definition }),
    typeParameters: call?.typeParameters ?? [],
    result: call?.resultText,
    throws: declaration?.throws ?? [],
    parameters: call ? filler.parameters(call) : filler.asWritten(entry.parameters),
    returns: call ? filler.returns(call.result) : filler.asWritten(entry.returns),
    properties:
      declaration && !signature
        ? filler.rows(entry.properties, declaration.fields, 'returned')
        : filler.asWritten(entry.properties),
  };
}

/** The signature that has the most of the documented parameters; the first of equals. */
function callOf(entry: ResolvedEntry, { calls }: Declaration): DeclaredCall | undefined {
  const written = (entry.parameters ?? []).flatMap((row) => [row, ...(row.unwrap ? (row.rows ?? []) : [])]);
  const fitOf = ({ parameters }: DeclaredCall) => {
    const names = parameters.flatMap(({ name, fields }) => [name, ...fields.map((each) => each.name)]);
    return written.filter(({ key }) => names.includes(key)).length;
  };
  const isListed = entry.parameters !== undefined;
  const surplus = (call: DeclaredCall) => (isListed ? Math.max(0, call.parameters.length - written.length) : 0);
  return calls.toSorted((a, b) => fitOf(b) - surplus(b) - (fitOf(a) - surplus(a)))[0];
}

type Direction = 'given' | 'returned';

class Filler {
  readonly #entry: ResolvedEntry;
  readonly #isEntry: IsEntry;

  constructor(entry: ResolvedEntry, isEntry: IsEntry) {
    this.#entry = entry;
    this.#isEntry = isEntry;
  }

  parameters({ parameters }: DeclaredCall): FilledRow[] {
    if (!this.#entry.parameters) return parameters.map((each) => this.#parameter(each));
    const named = parameters.map(({ name, fields }) => ({ name, fields: fields.map((field) => field.name) }));
    const rows = gatherOptions(this.#entry, named);
    const keys = new Set(rows.filter(({ unwrap }) => !unwrap).map(({ key }) => key));
    const unnamed = parameters.filter(({ name }) => !keys.has(name));
    return rows.map((row) => {
      const parameter = row.unwrap ? unnamed.shift() : parameters.find(({ name }) => name === row.key);
      return this.#row(row, parameter, 'given');
    });
  }

  /** An object of options is shown by its fields. */
  #parameter(parameter: DeclaredField): FilledRow {
    const isOptions = parameter.fields.length > 0 && !this.#isNamedEntry(parameter) && !/[|[]/.test(parameter.text);
    return { ...this.#declared(parameter, 'given'), unwrap: isOptions, rows: this.#fieldsOf(parameter, 'given') };
  }

  returns(result: DeclaredType | undefined): FilledRow[] {
    const { returns } = this.#entry;
    if (!result) return this.asWritten(returns);
    const names = result.fields.map(({ name }) => name);
    if (returns && areFields(returns, names)) return this.rows(returns, result.fields, 'returned');
    const named = { ...result, name: returns?.[0]?.key ?? 'result', about: '', optional: false };
    if (returns) return returns.map((row) => this.#row(row, { ...named, name: row.key }, 'returned'));
    const isList = result.text.endsWith('[]');
    if (result.fields.length > 0 && !isList && !this.#isNamedEntry(result)) return this.#fieldsOf(result, 'returned');
    return [{ ...this.#declared(named, 'returned'), rows: this.#fieldsOf(result, 'returned') }];
  }

  rows(rows: readonly ResolvedRow[] | undefined, fields: readonly DeclaredField[], direction: Direction): FilledRow[] {
    if (!rows) {
      const { leftOut } = this.#entry;
      return fields.filter(({ name }) => !leftOut.includes(name)).map((field) => this.#filled(field, direction));
    }
    return rows.map((row) =>
      this.#row(
        row,
        fields.find(({ name }) => name === row.key),
        direction,
        fields,
      ),
    );
  }

  /** Rows without a declaration. */
  asWritten(rows: readonly ResolvedRow[] | undefined): FilledRow[] {
    return (rows ?? []).map((row) => this.#row(row, undefined, 'returned'));
  }

  /** `around` are the fields of the owner, which an unwrapped row without a field of its own shows. */
  #row(
    row: ResolvedRow,
    declared: DeclaredField | undefined,
    direction: Direction,
    around: readonly DeclaredField[] = [],
  ): FilledRow {
    const { key, description, labels, unwrap, expanded, title } = row;
    const given = { key, description, labels, unwrap, expanded, title };
    if (!declared) {
      const rows = unwrap && around.length > 0 ? this.rows(row.rows, around, direction) : this.asWritten(row.rows);
      return { ...given, type: row.type, values: [], optional: row.optional ?? false, rows };
    }
    return {
      ...given,
      type: this.#typeOf(row, declared, direction),
      ...(declared.alias !== undefined && { alias: declared.alias }),
      values: /["']/.test(row.type) ? [] : valuesOf(declared),
      optional: row.optional ?? isOptional(declared, direction),
      ...(declared.when && { when: declared.when }),
      rows: row.rows || LOOSE_OBJECTS.includes(row.type) ? this.#rowsOf(row, declared, direction) : [],
    };
  }

  #rowsOf(row: ResolvedRow, declared: DeclaredField, direction: Direction): FilledRow[] {
    if (row.rows) return this.rows(row.rows, declared.fields, direction);
    return this.#fieldsOf(declared, direction).filter(({ key }) => !row.leftOut.includes(key));
  }

  /** The written type, unless the code is more precise: it accepts more, or says which object it is. */
  #typeOf({ type }: ResolvedRow, declared: DeclaredField, direction: Direction): string {
    const text = textOf(declared, direction);
    if (type === '') return text;
    if (LOOSE_OBJECTS.includes(type)) return this.#isNamedEntry(declared) ? declared.text : type;
    const accepted = splitUnion(text);
    const isNarrower = accepted.length > 1 && splitUnion(type).every((part) => accepted.includes(part));
    return direction === 'given' && isNarrower ? text : type;
  }

  #filled(field: DeclaredField, direction: Direction): FilledRow {
    return { ...this.#declared(field, direction), rows: this.#fieldsOf(field, direction) };
  }

  #declared(field: DeclaredField, direction: Direction): Omit<FilledRow, 'rows'> {
    const { name, alias, about, when } = field;
    return {
      key: name,
      type: textOf(field, direction),
      ...(alias !== undefined && { alias }),
      values: valuesOf(field),
      description: about === '' ? undefined : about,
      optional: isOptional(field, direction),
      ...(when && { when }),
      labels: [],
      unwrap: false,
      expanded: false,
      title: undefined,
    };
  }

  /** The rows of an object; those of an object with an entry of its own are there. */
  #fieldsOf(declared: DeclaredType, direction: Direction): FilledRow[] {
    if (this.#isNamedEntry(declared)) return [];
    return this.rows(undefined, declared.fields, direction);
  }

  #isNamedEntry({ text }: DeclaredType): boolean {
    return [...text.matchAll(/[A-Za-z_$][\w$]*/g)].some(([name]) => this.#isEntry(name));
  }
}

/** What the code returns may be missing either way; what it takes may have to be given as undefined. */
function isOptional({ optional, mayBeUndefined }: DeclaredField, direction: Direction): boolean {
  return optional || (direction === 'returned' && mayBeUndefined);
}

function textOf({ text, optional, mayBeUndefined }: DeclaredField, direction: Direction): string {
  return direction === 'given' && mayBeUndefined && !optional ? `${text} | undefined` : text;
}

/** An object is defined by its fields. */
function definitionOf(
  { text, values, fields, alias }: Declaration,
  signature: DeclaredCall | undefined,
): string | undefined {
  if (signature) {
    const parameters = signature.parameters.map((each) => `${each.name}${each.optional ? '?' : ''}: ${each.text}`);
    return `(${parameters.join(', ')}) => ${signature.resultText}`;
  }
  if (fields.length > 0 || (text === alias && values.length === 0)) return undefined;
  return values.length > 0 ? values.map((value) => JSON.stringify(value)).join(' | ') : text;
}

function valuesOf({ values }: DeclaredType): string[] {
  return values.length > 1 && values.length <= VALUES_MAX ? values : [];
}

/** Fills nothing: for tests, and for tools that only read what is written. */
export function fillNothing(entries: readonly ResolvedEntry[]): FilledEntry[] {
  return entries.map((entry) => fillEntry(entry, undefined, () => false));
}
