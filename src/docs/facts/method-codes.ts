/** Sentences such as "`load` throws `busy`" → findings for codes that the method does not return or throw. */
import { type Finding, nearestName } from '../findings/index.ts';
import type { Passage } from './passages.ts';
import type { TitledEntry } from './titles.ts';

/** What a method can return and throw, by its name. The entries of all languages count together. */
export interface MethodCodes {
  returned: ReadonlySet<string>;
  thrown: ReadonlySet<string>;
}

export function methodCodesOf(entries: readonly TitledEntry[]): Map<string, MethodCodes> {
  const methods = Map.groupBy(
    entries.filter(({ title }) => title.endsWith('()')),
    ({ key }) => key,
  );
  return new Map(
    [...methods].map(([key, group]) => [
      key,
      {
        returned: new Set(group.flatMap(({ returns = [] }) => valuesOf(returns))),
        thrown: new Set(group.flatMap(({ throws = [] }) => throws.flatMap(({ names }) => names.map(textOf)))),
      },
    ]),
  );
}

type Row = NonNullable<TitledEntry['returns']>[number];

function valuesOf(rows: readonly Row[]): string[] {
  return rows.flatMap(({ values = [], properties = [] }) => [...values.map(textOf), ...valuesOf(properties)]);
}

const textOf = ({ text }: { text: string }) => text;

/** A method, a verb a few words later, and one or more codes; all in one clause. */
const CLAIM =
  /`(?:[\w.]+\.)?(\w+)(?:\([^`]*\))?`((?: [\w']+){0,3}) (returns?|returned|throws?|threw|fails? with|rejects? with)((?: [\w']+){0,3}) ((?:`\w+`(?:, (?:or |and )?| or | and )?)+)/g;

/** Only codes are compared, since a method can return other values too. */
export function checkMethodCodes(
  { file, text, locate }: Passage,
  methods: ReadonlyMap<string, MethodCodes>,
  codes: ReadonlySet<string>,
): Finding[] {
  return [...text.matchAll(CLAIM)].flatMap(
    ({ 0: claim, 1: method = '', 2: before = '', 3: verb = '', 4: between = '', 5: list = '', index }): Finding[] => {
      const own = methods.get(method);
      if (!own || /\b(?:not|never|nor|cannot|than)\b/.test(`${before}${between}`)) return [];
      const way = verb.startsWith('ret') ? 'return' : verb.startsWith('thr') ? 'throw' : 'return or throw';
      const possible = new Set([...(way === 'throw' ? [] : own.returned), ...(way === 'return' ? [] : own.thrown)]);
      return [...list.matchAll(/`(\w+)`/g)]
        .map(([, code = '']) => code)
        .filter((code) => codes.has(code) && !possible.has(code))
        .map((code) => {
          const nearest = nearestName(code, possible);
          return {
            code: 'method-code-differs',
            file,
            ...locate(index + claim.indexOf(`\`${code}\``)),
            message: `Cannot confirm that "${method}" can ${way} "${code}": its reference ${possible.size === 0 ? `has no code that it can ${way}` : `lists ${[...possible].join(', ')}`}`,
            ...(nearest !== undefined && { nearest }),
            fix: 'Correct the code or the method.',
          };
        });
    },
  );
}
