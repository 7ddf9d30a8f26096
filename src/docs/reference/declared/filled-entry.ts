/** An entry with everything that its page leaves out: from the code, or from the entry in the language of the code. */
import type { DeclaredCase, DeclaredThrow } from '../../typescript/index.ts';
import type { ResolvedEntry } from '../resolved-entry.ts';

export interface FilledRow {
  key: string;
  /** Empty if neither the page nor the code says it. */
  type: string;
  /** The exported name that the code writes the type as, if any. */
  alias?: string;
  /** The strings that it can be, if the type does not list them. */
  values: string[];
  description: string | undefined;
  optional: boolean;
  /** Set if the result has it only for some values of another field. */
  when?: DeclaredCase;
  /** Words shown beside its name, such as `Deprecated`. */
  labels: string[];
  /** Its `rows` are shown instead of it. */
  unwrap: boolean;
  expanded: boolean;
  title: string | undefined;
  rows: FilledRow[];
}

export interface FilledEntry extends Omit<ResolvedEntry, 'parameters' | 'returns' | 'properties'> {
  parameters: FilledRow[];
  returns: FilledRow[];
  properties: FilledRow[];
  typeParameters: string[];
  /** What the name of a type means that is not an object, such as `"slow" | "fast"`. */
  definition?: string;
  /** The result as declared, such as `Promise<Forecast>`; undefined if the code is not known. */
  result: string | undefined;
  throws: DeclaredThrow[];
}
