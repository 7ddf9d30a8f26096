/** The resolved reference, as plain data. */

/** A part of a documented type, with `href` if it names an entry of the same language. */
export interface TypePart {
  text: string;
  href?: string;
}

/** The values of another field for which a result has a field. */
export interface Condition {
  /** Name of that field, such as `authenticated`. */
  name: string;
  /** As written in code, such as `true`. */
  values: string[];
}

/** One documented parameter, return field or object property. */
export interface Property {
  key: string;
  /** Fragment id of its row, unique on the page. */
  anchor: string;
  type: TypePart[];
  /** The strings that it can be, with links to those that a page explains. */
  values?: TypePart[];
  /** Inline Markdown. */
  description?: string;
  /** Whether it may be missing; with `when`, whether it may be missing even then. */
  optional: boolean;
  /** Words shown beside its name, such as `Deprecated`. */
  labels: string[];
  /** Set if the result has it only then. */
  when?: Condition;
  /** Its `properties` are shown expanded. */
  expanded: boolean;
  title?: string;
  /** An unwrapped object is replaced by its properties. */
  properties: Property[];
}

/** One documented function, endpoint or object, in one language. */
export interface Entry {
  /** The identifier, as written in code. */
  key: string;
  /** Id for `<CodeBlock referenceId>`; the same in all languages. */
  id: string;
  language: string;
  /** Path of the page that declares it, such as `/reference/weather/forecast`. */
  page: string;
  anchor: string;
  title: string;
  /** Signature in one line, from `signatureOf`. */
  signature: string;
  /** Words shown beside its title, such as `Beta`. */
  labels: string[];
  /** The same with links; left out if the code does not declare it. */
  signatureParts?: TypePart[];
  /** Link target of the identifier in examples: the entry's `url`, or its page. */
  url: string;
  /** HTTP method of an endpoint, or the kind of object. */
  type?: string;
  /** Inline Markdown. */
  description?: string;
  /** Regular expression that the text before `key` must match in code that refers to this entry. */
  patternBefore?: string;
  parameters: Property[];
  returns: Property[];
  properties: Property[];
  /** The error codes or types that it throws, and when. */
  throws?: { names: TypePart[]; description: string }[];
}

/** Rows that a result has under the same condition. */
export interface RowGroup {
  /** Undefined for the rows that it always has. */
  when: Condition | undefined;
  rows: Property[];
}

/** The rows of a result, grouped by condition: those without one come first, then those of the good case. */
export function groupRows(rows: readonly Property[]): RowGroup[] {
  const always = rows.filter(({ when }) => !when);
  const groups = Map.groupBy(
    rows.filter(({ when }) => when),
    ({ when }) => JSON.stringify(when),
  );
  const isGood = ({ when }: RowGroup) => when?.values.some((value) => value.toLowerCase() === 'true') === true;
  const conditional = [...groups.values()].map((group): RowGroup => ({ when: group[0]?.when, rows: group }));
  return [
    ...(always.length > 0 ? [{ when: undefined, rows: always }] : []),
    ...conditional.toSorted((a, b) => Number(isGood(b)) - Number(isGood(a))),
  ];
}

/** The entries of one page. */
export interface PageReference {
  page: string;
  entries: Entry[];
}
