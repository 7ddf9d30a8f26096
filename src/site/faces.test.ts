/** Compares the Ruby and Python wrappers in src/faces with their reference entries, and calls them. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Entry, findEntries } from '../docs/reference/index.ts';
import { type Ending, readSnippets, runSnippets, type Snippet } from '../docs/snippets/index.ts';
import { siteProject } from './docs-options.ts';
import { ambient, api, cases } from './testdata/faces/cases.ts';
import { fieldsOf, type Language, LANGUAGES, pages } from './testdata/faces/documented.ts';

/** Methods and fields of a wrapper, by name of the method or id of the entry. */
interface Face {
  /** Whether each parameter is optional. */
  methods: Record<string, Record<string, boolean>>;
  /** The fields of each result, if the language declares them. */
  fields: Record<string, string[]>;
  /** The fields returned for a signed-in visitor. */
  runs: Record<string, string[]>;
  /** The types of fields, and of parameters below the method with `()`, if the language declares them. */
  types?: Record<string, Record<string, string>>;
}

/** Parameters that an entry leaves out: that of load_sealed_session is the one of the libraries' own reference. */
const LEFT_OUT = new Set(['load_sealed_session client_id']);
const project = { ...siteProject(), root: join(import.meta.dirname, 'testdata/faces') };
const faces = new Map<string, Face>();
/** What the calls returned, in the order of the cases. */
const shown = new Map<string, unknown[]>();
const casesOf = (language: string) => cases.filter((each) => each.language === language);
/** The steps that have not been made. */
const planOf = (language: Language) =>
  JSON.stringify(
    casesOf(language)
      .slice(shown.get(language)?.length)
      .map(({ step }) => step),
  );
/** The interpreter itself has failed, which CRuby in WebAssembly does once in a while. */
const isCrash = (ending: Ending) => ending.kind === 'threw' && ending.message === 'memory access out of bounds';
const CRASHES_MAX = 3;

async function runPrograms(snippets: readonly Snippet[], crashesLeft: number): Promise<void> {
  const { runs } = await runSnippets(snippets, {
    project,
    runTimeoutMs: 60_000,
    outputBytesMax: 10_000_000,
    issueEnvironment: async () => ({
      ...ambient,
      PLAN_RUBY: planOf('ruby'),
      PLAN_PYTHON: planOf('python'),
      FIELDS_RUBY: JSON.stringify(fieldsOf('ruby')),
    }),
  });
  const crashed: Snippet[] = [];
  for (const { snippet, output, ending } of runs) {
    if (isCrash(ending) && crashesLeft > 0) crashed.push(snippet);
    else if (ending.kind !== 'ended') throw new Error(`Cannot call the wrapper: ${JSON.stringify(ending)}`);
    if (snippet.id.startsWith('describe')) {
      if (!crashed.includes(snippet)) faces.set(snippet.language, JSON.parse(output.join('')) as Face);
    } else {
      const made = output.map((line) => (JSON.parse(line) as [unknown])[0]);
      shown.set(snippet.language, [...(shown.get(snippet.language) ?? []), ...made]);
    }
  }
  // A new interpreter makes the calls that are left.
  if (crashed.length > 0) await runPrograms(crashed, crashesLeft - 1);
}

beforeAll(async () => {
  const { snippets } = await readSnippets(project);
  await runPrograms(snippets, CRASHES_MAX);
}, 90_000);
afterAll(() => api.close());

function entriesOf(language: string): Entry[] {
  const ids = new Set(
    pages.flatMap(({ entries }) => entries.filter((entry) => entry.language === language).map(({ id }) => id)),
  );
  return [...ids].flatMap((id) => findEntries(pages, id, '').filter((entry) => entry.language === language));
}

/** The differences between a wrapper and the entries of its language, as sentences. */
function compareFace({ methods, fields, runs, types = {} }: Face, entries: readonly Entry[]): string[] {
  return entries.flatMap(({ id, key, title, parameters, returns, properties }) => {
    const differences: string[] = [];
    if (title.includes('.')) {
      const taken = methods[key];
      if (!taken) return [`${key} is documented, but the wrapper has no such method`];
      const rows = parameters;
      for (const row of rows)
        if (!(row.key in taken))
          differences.push(`${key} documents the parameter ${row.key}, which the method does not have`);
      for (const [name, optional] of Object.entries(taken)) {
        const row = rows.find((each) => each.key === name);
        if (!row && !LEFT_OUT.has(`${key} ${name}`))
          differences.push(`${key} ${optional ? 'takes' : 'requires'} the parameter ${name}, which is not documented`);
        if (row && !optional && row.optional)
          differences.push(`${key} requires the parameter ${name}, which is documented as optional`);
      }
    }
    for (const [name, declared] of [
      [`${key}()`, parameters],
      [id, [...returns, ...properties]],
    ] as const)
      for (const row of declared) {
        const type = types[name]?.[row.key];
        if (type !== undefined && !isSameType(type, row))
          differences.push(`${name} has ${row.key} as ${type}, which is documented as ${typeOf(row)}`);
      }
    const rows = [...returns, ...properties];
    const documented = rows.map((row) => row.key);
    for (const name of fields[id] ?? [])
      if (!documented.includes(name)) differences.push(`${id} has the field ${name}, which is not documented`);
    if (fields[id])
      for (const name of documented)
        if (!fields[id].includes(name)) differences.push(`${id} documents the field ${name}, which it does not have`);
    for (const name of runs[id] ?? [])
      if (!documented.includes(name)) differences.push(`${id} returned ${name}, which is not documented`);
    if (runs[id])
      for (const row of rows)
        if (!row.optional && isSignedIn(row) && !runs[id].includes(row.key) && !isNullable(row))
          differences.push(`${id} did not return ${row.key}`);
    return differences;
  });
}

function typeOf({ type }: Entry['returns'][number]): string {
  return type.map(({ text }) => text).join('');
}

/** Whether a declared type is the documented one; None is part of optionality, and strings are written in two ways. */
function isSameType(declared: string, row: Entry['returns'][number]): boolean {
  const plain = (text: string) => text.replaceAll(/ \| None\b|\[str, \w+\]/g, '').replace(/^string$|^"\w+"$/, 'str');
  // The stand-in returns some documented objects as dictionaries.
  const isObject = row.type.some(({ href }) => href !== undefined);
  return plain(declared) === plain(typeOf(row)) || (isObject && plain(declared) === 'dict');
}

/** Whether results for a signed-in visitor have the field. */
function isSignedIn({ when }: Entry['returns'][number]): boolean {
  return !when || when.values.some((value) => value.toLowerCase() === 'true');
}

function isNullable({ type }: Entry['returns'][number]): boolean {
  return /\b(nil|None)\b/.test(type.map(({ text }) => text).join(''));
}

describe.each(LANGUAGES)('the wrapper for %s', (language) => {
  it.each(casesOf(language).map(({ about, check }, index) => [about, check, index] as const))(
    'when called: %s',
    async (_about, check, index) => check(shown.get(language)?.[index]),
  );

  it('has the documented methods and parameters, and returns the documented fields', () => {
    expect(entriesOf(language).length).toBeGreaterThan(4);
    expect(compareFace(faces.get(language)!, entriesOf(language))).toEqual([]);
  });

  it('is reported when a parameter or a field is renamed, removed or added on either side', () => {
    const face = faces.get(language)!;
    const entries = entriesOf(language);
    const changedEntries = (id: string, change: (entry: Entry) => void) =>
      entries.map((entry) => {
        const copy = structuredClone(entry);
        if (entry.id === id) change(copy);
        return copy;
      });
    const changedFace = (change: (face: Face) => void) => {
      const copy = structuredClone(face);
      change(copy);
      return copy;
    };
    const drifts: [string, Face, Entry[]][] = [
      ['a method is renamed in the wrapper', changedFace(({ methods }) => delete methods['refresh']), entries],
      [
        'a parameter is renamed in the wrapper',
        changedFace(({ methods }) => delete methods['refresh']!['organization_id']),
        entries,
      ],
      [
        'a parameter becomes required',
        changedFace(({ methods }) => (methods['get_logout_url']!['return_to'] = false)),
        entries,
      ],
      ['a required parameter is added', changedFace(({ methods }) => (methods['refresh']!['token'] = false)), entries],
      ['an additional field is returned', changedFace(({ runs }) => runs['authenticate']!.push('sid')), entries],
      ['a field is no longer returned', changedFace(({ runs }) => (runs['authenticate'] = [])), entries],
      [
        'a parameter is renamed in the reference',
        face,
        changedEntries('refresh', (entry) => (entry.parameters[0]!.key = 'password')),
      ],
      [
        'a parameter is added to the reference',
        face,
        changedEntries('get_logout_url', (entry) => entry.parameters.push({ ...entry.parameters[0]!, key: 'state' })),
      ],
      [
        'a field is removed from the reference',
        face,
        changedEntries('authenticate', (entry) => entry.returns.splice(2, 1)),
      ],
      ...(face.types
        ? ([
            [
              'a field has another type in the wrapper',
              changedFace(({ types }) => (types!['refresh']!['sealed_session'] = 'int | None')),
              entries,
            ],
            [
              'a parameter has another type in the reference',
              face,
              changedEntries('refresh', (entry) => (entry.parameters[0]!.type = [{ text: 'int' }])),
            ],
          ] as [string, Face, Entry[]][])
        : []),
      [
        'a field of the user is renamed in the reference',
        face,
        changedEntries('user', (entry) => (entry.properties[1]!.key = 'uid')),
      ],
    ];
    expect(
      drifts.filter(([, changed, documented]) => compareFace(changed, documented).length === 0).map(([name]) => name),
    ).toEqual([]);
  });
});
