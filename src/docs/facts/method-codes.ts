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

const METHOD = String.raw`\`(?:[\w.]+\.)?(?<method>\w+)(?:\([^\`]*\))?\``;
const CODES = String.raw`(?<list>\`\w+\`(?:(?:, (?:or |and )?| or | and )\`\w+\`)*)`;
const WORDS = String.raw`(?: [\w']+){0,3}`;
/** In one clause: a method, a verb and codes, or codes "from" a method. In one row: a method and a cell of codes. */
const CLAIMS = [
  String.raw`${METHOD}(?<before>${WORDS}) (?<verb>returns?|returned|throws?|threw|fails? with|rejects? with)(?<between>${WORDS}) ${CODES}`,
  String.raw`${CODES}(?<between>(?: (?:returned|thrown))?) (?:from|by) ${METHOD}`,
  String.raw`^${METHOD} (?=\|)(?<between>.*?)\| ${CODES}(?= \||$)`,
].map((claim) => new RegExp(claim, 'g'));

/** Only codes are compared, since a method can return other values too. */
export function checkMethodCodes(
  { file, text, locate }: Passage,
  methods: ReadonlyMap<string, MethodCodes>,
  codes: ReadonlySet<string>,
): Finding[] {
  return CLAIMS.flatMap((claim) => [...text.matchAll(claim)]).flatMap(({ 0: found, index, groups = {} }): Finding[] => {
    const { method = '', before = '', verb = '', between = '', list = '' } = groups;
    const own = methods.get(method);
    if (!own || /\b(?:not|never|nor|cannot|than)\b/.test(`${before}${between}`)) return [];
    const way = verb.startsWith('ret') ? 'return' : verb.startsWith('thr') ? 'throw' : 'return or throw';
    const possible = new Set([...(way === 'throw' ? [] : own.returned), ...(way === 'return' ? [] : own.thrown)]);
    // A reference that documents no such codes at all says nothing about this method.
    const isDocumented = [...methods.values()].some(({ returned, thrown }) =>
      way === 'return' ? returned.size > 0 : thrown.size > 0,
    );
    if (!isDocumented) return [];
    return Array.from(list.matchAll(/`(\w+)`/g), ([, code = '']) => code)
      .filter((code) => codes.has(code) && !possible.has(code))
      .map((code) => {
        const nearest = nearestName(code, possible);
        const listed = possible.size === 0 ? `has no code that it can ${way}` : `lists ${[...possible].join(', ')}`;
        return {
          code: 'method-code-differs',
          file,
          ...locate(index + found.indexOf(`\`${code}\``)),
          message: `Cannot confirm that "${method}" can ${way} "${code}": its reference ${listed}`,
          ...(nearest !== undefined && { nearest }),
          fix: 'Correct the code or the method.',
        };
      });
  });
}
