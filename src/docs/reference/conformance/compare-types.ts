/** A documented type and a declared one → how they differ, if they do, according to TypeScript. */
import type { SdkProgram, TypeOf } from '../../typescript/index.ts';
import { splitUnion } from '../type-text.ts';

/** Direction of the values: `given` to the code, or `returned` by it. */
export type Direction = 'given' | 'returned';

export interface Misfit {
  code: 'type-unreadable' | 'type-differs';
  found: string;
}

/** Words in documented types whose meaning differs from TypeScript's. */
const LOOSE: readonly string[] = ['object', 'object[]', 'function'];

/** The type texts that the checker must read to compare a documented type. */
export function typesIn(text: string): string[] {
  return splitUnion(text).filter((part) => part !== 'undefined' && !LOOSE.includes(part));
}

/**
 * The code must accept every documented input, every output must be documented, and no output may be
 * documented that is never returned. `undefined` is part of optionality, unless the text names it.
 */
export function compareTypes(
  text: string,
  declared: TypeOf,
  direction: Direction,
  sdk: SdkProgram,
): Misfit | undefined {
  for (const part of typesIn(text)) {
    const read = sdk.documented(part);
    if ('problem' in read) return { code: 'type-unreadable', found: `the type "${part}" (${read.problem})` };
  }
  const parts = splitUnion(text);
  const fits = direction === 'given' ? isAccepted(parts, declared, sdk) : isReturned(parts, declared, sdk);
  return fits ? undefined : { code: 'type-differs', found: `the type "${text}"` };
}

/** Whether the code accepts every part. */
function isAccepted(parts: readonly string[], declared: TypeOf, sdk: SdkProgram): boolean {
  return parts.every((part) => {
    if (part === 'undefined') return sdk.mayBeUndefined(declared);
    if (LOOSE.includes(part)) return sdk.alternatives(declared).some((each) => isLoosely(part, each, sdk));
    const documented = sdk.documented(part);
    return (
      'types' in documented && sdk.isAny(documented) === sdk.isAny(declared) && sdk.isAssignable(documented, declared)
    );
  });
}

/** Whether every returned type matches some part, and every part is returned. */
function isReturned(parts: readonly string[], declared: TypeOf, sdk: SdkProgram): boolean {
  const alternatives = sdk.alternatives(declared);
  const covers = (part: string, alternative: TypeOf) => {
    if (LOOSE.includes(part)) return isLoosely(part, alternative, sdk);
    const documented = sdk.documented(part);
    return (
      'types' in documented &&
      sdk.isAny(documented) === sdk.isAny(alternative) &&
      sdk.isAssignable(alternative, documented)
    );
  };
  const isGiven = (part: string) =>
    part === 'undefined' ? sdk.mayBeUndefined(declared) : alternatives.some((alternative) => covers(part, alternative));
  return alternatives.every((alternative) => parts.some((part) => covers(part, alternative))) && parts.every(isGiven);
}

/** Whether an alternative matches a loosely typed word. */
function isLoosely(word: string, alternative: TypeOf, sdk: SdkProgram): boolean {
  if (sdk.isAny(alternative)) return false;
  if (word === 'function') return sdk.isCallable(alternative);
  if (word === 'object') return sdk.isPlainObject(alternative);
  const elements = sdk.elementsOf(alternative);
  return elements !== undefined && sdk.alternatives(elements).every((element) => sdk.isPlainObject(element));
}
