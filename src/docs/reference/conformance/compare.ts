/** One documented entry and its symbol in the SDK → how much was compared, and every difference. */
import { nearestName } from '../../findings/index.ts';
import type { Call, Field, SdkProgram, TypeOf } from '../../typescript/index.ts';
import { type DifferenceFinding, Report } from './difference.ts';
import type { Group, ResolvedEntry, ResolvedOwner, ResolvedRow } from '../resolved-entry.ts';
import { areFields, gatherOptions, lastNameOf, resolveSymbol } from '../declared/index.ts';
import { type Direction, compareTypes } from './compare-types.ts';

export interface Comparison {
  file: string;
  line: number;
  page: string;
  title: string;
  /** The symbol it was compared with, such as `Weather.cities.list`; left out if not found. */
  subject?: string;
  /** The declaration of that symbol, such as `UserManagement.getJwksUrl`. */
  declared?: string;
  /** Documented parameters or options, and nested ones, that were compared. */
  parameters: number;
  /** Documented fields of the result or the object, and nested ones, that were compared. */
  returns: number;
  findings: DifferenceFinding[];
}

/** Compares an entry with the SDK. */
export function compareEntry(entry: ResolvedEntry, sdk: SdkProgram): Comparison {
  const { file, line } = entry.at('key');
  const { page, title } = entry;
  const result = { file, line, page, title, parameters: 0, returns: 0 };
  const subject = resolveSymbol(entry, sdk);
  if ('unknown' in subject) {
    const report = new Report(title);
    report.add(entry.at('key'), 'The entry', {
      code: 'entry-unknown',
      found: `"${subject.unknown}"`,
      expected: `a member of ${subject.owner}`,
      nearest: subject.nearest,
      fix: 'Use an exported name of the SDK in key and title, or remove the entry.',
    });
    return { ...result, findings: report.findings };
  }
  const calls = sdk.callsOf(subject.type);
  // An entry of an overloaded function documents the signature that it fits best.
  const attempts = (calls.length > 0 ? calls : [undefined]).map((call) => {
    const comparison = new EntryComparison(entry, sdk);
    comparison.run(subject.type, call);
    return comparison;
  });
  const [best] = attempts.toSorted((a, b) => a.report.findings.length - b.report.findings.length);
  const { compared, report } = best ?? new EntryComparison(entry, sdk);
  return {
    ...result,
    subject: subject.name,
    declared: subject.declared,
    parameters: compared.given,
    returns: compared.returned,
    findings: report.findings,
  };
}

class EntryComparison {
  readonly report: Report;
  readonly compared: Record<Direction, number> = { given: 0, returned: 0 };
  readonly #entry: ResolvedEntry;
  readonly #sdk: SdkProgram;
  /** Names in the entry's `leftOut` that left out something. */
  readonly #leftOut = new Set<string>();

  constructor(entry: ResolvedEntry, sdk: SdkProgram) {
    this.#entry = entry;
    this.#sdk = sdk;
    this.report = new Report(entry.title);
  }

  run(type: TypeOf, call: Call | undefined): void {
    const entry = this.#entry;
    const lastName = lastNameOf(entry.title);
    if (lastName !== undefined && lastName !== entry.key) {
      this.report.add(entry.at('title'), 'The title', {
        code: 'title-differs',
        found: `"${lastName}"`,
        expected: `its key, "${entry.key}"`,
        nearest: entry.key,
        fix: 'Write the key in the title as in code.',
      });
    }
    if (call) {
      this.#misplaced('properties', 'parameters and returns, since it is a function');
      if (entry.parameters) this.#parameters(this.#gathered(call), call.parameters);
      if (entry.returns) this.#result(entry.returns, call.returns);
    } else {
      this.#misplaced('parameters', 'properties, since it is not a function');
      this.#misplaced('returns', 'properties, since it is not a function');
      if (entry.properties) this.#fields(entry.properties, type, entry, 'returned');
    }
    this.#unusedLeftOut(call, type);
  }

  /** Fields of the code named in the entry's `leftOut`, where the list that they belong to is left out as well. */
  #unusedLeftOut(call: Call | undefined, type: TypeOf): void {
    const { parameters, returns, properties, leftOut } = this.#entry;
    const filled = call
      ? [...(parameters ? [] : call.parameters), ...(returns ? [] : [call.returns])]
      : properties
        ? []
        : [type];
    const names = [
      ...filled.flatMap((each) => this.#sdk.fieldsOf(each)),
      ...(parameters ? [] : (call?.parameters ?? [])),
    ].map(({ name }) => name);
    for (const name of leftOut) {
      if (this.#leftOut.has(name) || names.includes(name)) continue;
      this.#unknownLeftOut(name, this.#entry, names);
    }
  }

  #unknownLeftOut(name: string, owner: ResolvedOwner, names: readonly string[]): void {
    this.report.add(owner.at('leftOut'), `leftOut of "${owner.key}"`, {
      code: 'left-out-unknown',
      found: `"${name}"`,
      expected: 'an undocumented field of the code',
      nearest: nearestName(name, names),
      fix: 'Remove the name from leftOut.',
    });
  }

  #gathered({ parameters }: Call): ResolvedRow[] {
    const sdk = this.#sdk;
    const isObject = (parameter: Field) => sdk.alternatives(parameter).every((each) => sdk.isPlainObject(each));
    return gatherOptions(
      this.#entry,
      parameters.map((parameter) => ({
        name: parameter.name.startsWith('__') ? 'options' : parameter.name,
        fields: isObject(parameter) ? sdk.fieldsOf(parameter).map(({ name }) => name) : [],
      })),
    );
  }

  #misplaced(group: Group, expected: string): void {
    if ((this.#entry[group] ?? []).length === 0) return;
    const fix = 'Move the rows to the group that matches the code.';
    this.report.add(this.#entry.at(group), 'The group of rows', {
      code: 'entry-kind-differs',
      found: group,
      expected,
      fix,
    });
  }

  /** Matches rows to parameters by name; an unwrapped row, whose name is not shown, to the next one without a row. */
  #parameters(rows: readonly ResolvedRow[], parameters: readonly Field[]): void {
    const named = new Set(rows.filter(({ unwrap }) => !unwrap).map(({ key }) => key));
    const unnamed = parameters.filter(({ name }) => !named.has(name));
    const taken: number[] = [];
    for (const row of rows) {
      const parameter = row.unwrap ? unnamed.shift() : parameters.find(({ name }) => name === row.key);
      if (!parameter) {
        this.#surplus(row, 'parameter-surplus', parameters);
        continue;
      }
      const position = parameters.indexOf(parameter);
      if (position < (taken.at(-1) ?? -1)) {
        this.report.add(row.at('key'), `parameter "${row.key}"`, {
          code: 'parameter-order-differs',
          found: `it after "${parameters[taken.at(-1) ?? 0]?.name}"`,
          expected: 'it before that one',
          fix: 'List the parameters in the order of the code.',
        });
      }
      taken.push(position);
      this.#row(row, parameter, 'given');
    }
    const missing = parameters.filter((_, index) => !taken.includes(index));
    this.#missing(missing, { ...this.#entry, key: 'the parameters' }, 'parameter-missing');
  }

  /** A single row documents the result itself, several rows document its fields. */
  #result(rows: readonly ResolvedRow[], result: TypeOf): void {
    const [row] = rows;
    const objects = this.#sdk.alternatives(result).filter((each) => this.#sdk.isPlainObject(each));
    const names = objects.flatMap((each) => this.#sdk.fieldsOf(each)).map(({ name }) => name);
    if (rows.length > 1 || areFields(rows, names)) return this.#fields(rows, result, this.#entry, 'returned');
    if (row) return this.#row(row, { ...result, name: row.key, optional: false }, 'returned');
    if (this.#sdk.alternatives(result).length === 0) return undefined;
    this.report.add(this.#entry.at('key'), 'The result', {
      code: 'return-missing',
      found: 'no returns',
      expected: `"${this.#sdk.textOf(result)}"`,
      fix: 'Document the result under returns.',
    });
  }

  #row(row: ResolvedRow, field: Field, direction: Direction): void {
    const sdk = this.#sdk;
    if (!row.unwrap) this.compared[direction]++;
    const namesUndefined = /\bundefined\b/.test(row.type);
    const optional = field.optional || (direction === 'returned' && sdk.mayBeUndefined(field) && !namesUndefined);
    if (row.optional !== undefined && row.optional !== optional) {
      this.report.add(row.at('optional'), `"${row.key}"`, {
        code: 'optional-differs',
        found: row.optional ? 'it optional' : 'it required',
        expected: optional ? 'it optional' : 'it required',
        fix: optional ? 'Add "optional: true" to the row.' : 'Remove "optional: true" from the row.',
      });
    }
    const misfit = row.type === '' ? undefined : compareTypes(row.type, field, direction, sdk);
    if (misfit) {
      const nearest = misfit.code === 'type-unreadable' ? nearestName(row.type, sdk.exportNames) : undefined;
      const wanted =
        direction === 'given' ? 'a type that the code accepts, such as' : 'the type that the code returns,';
      const fix = 'Write the type from the code, or change the code.';
      const expected = `${wanted} "${sdk.textOf(field)}"`;
      this.report.add(row.at('type'), `"${row.key}"`, { ...misfit, expected, nearest, fix });
    }
    const elements = sdk.alternatives(field).map((each) => sdk.elementsOf(each) ?? each);
    const type = { types: elements.flatMap(({ types }) => types) };
    // What is left out is filled in. An unwrapped object only shows its fields.
    if (row.rows && (row.rows.length > 0 || row.unwrap)) this.#fields(row.rows, type, row, direction);
    if (row.rows || row.leftOut === this.#entry.leftOut) return;
    const names = sdk.fieldsOf(type).map(({ name }) => name);
    for (const name of row.leftOut) if (!names.includes(name)) this.#unknownLeftOut(name, row, names);
  }

  #fields(rows: readonly ResolvedRow[], type: TypeOf, owner: ResolvedOwner, direction: Direction): void {
    const objects = this.#sdk.alternatives(type).filter((each) => this.#sdk.isPlainObject(each));
    const fields = this.#sdk.fieldsOf({ types: objects.flatMap(({ types }) => types) });
    const isShownInPlace = (row: ResolvedRow) => row.unwrap && !fields.some(({ name }) => name === row.key);
    const shown = rows.flatMap((row) => (isShownInPlace(row) ? (row.rows ?? []) : [row]));
    const documented = new Map(shown.map((row) => [row.key, row]));
    const owners = [owner, ...rows.filter(isShownInPlace)];
    const leftOut = new Set(owners.flatMap((each) => each.leftOut));
    const kind = direction === 'given' ? 'option' : 'field';
    for (const row of shown) {
      const field = fields.find(({ name }) => name === row.key);
      if (field) this.#row(row, field, direction);
      else this.#surplus(row, `${kind}-surplus`, fields);
    }
    const missing = fields.filter(
      (field) =>
        !documented.has(field.name) && !this.#isOtherSpelling(field, fields, documented) && this.#sdk.isPublic(field),
    );
    this.#missing(
      missing.filter(({ name }) => !leftOut.has(name)),
      owner,
      `${kind}-missing`,
    );
    const names = missing.map(({ name }) => name);
    for (const each of owners) {
      for (const name of each.leftOut) {
        if (names.includes(name)) this.#leftOut.add(name);
        // The names of the entry count for all of its lists.
        else if (each.leftOut !== this.#entry.leftOut) this.#unknownLeftOut(name, each, names);
      }
    }
  }

  /** A name may have two spellings that differ in case only; one documented spelling is enough. */
  #isOtherSpelling(field: Field, fields: readonly Field[], documented: ReadonlyMap<string, ResolvedRow>): boolean {
    const sdk = this.#sdk;
    return fields.some(
      (other) =>
        documented.has(other.name) &&
        other.name.toLowerCase() === field.name.toLowerCase() &&
        sdk.isAssignable(field, other) &&
        sdk.isAssignable(other, field),
    );
  }

  #surplus(row: ResolvedRow, code: string, fields: readonly Field[]): void {
    this.report.add(row.at('key'), `"${row.key}"`, {
      code,
      found: `"${row.key}"`,
      expected:
        fields.length > 0 ? `one of ${fields.map(({ name }) => `"${name}"`).join(', ')}` : 'no row with this name',
      nearest: nearestName(
        row.key,
        fields.map(({ name }) => name),
      ),
      fix: 'Rename the row to match the code, or remove it.',
    });
  }

  #missing(fields: readonly Field[], owner: ResolvedOwner, code: string): void {
    const orLeaveOut = code.startsWith('parameter') ? '' : ', or list it in leftOut';
    for (const field of fields) {
      const type = this.#sdk.textOf(field);
      this.report.add(owner.at('key'), `"${owner.key}"`, {
        code,
        found: `no row for "${field.name}"`,
        expected: `"${field.name}", of type "${type}", ${field.optional ? 'optional' : 'required'}`,
        fix: `Document "${field.name}"${orLeaveOut}.`,
      });
    }
  }
}
