/** A documented type and a declared one → why they do not agree, if so, with TypeScript as the judge. */
import type { SdkProgram, TypeOf } from '../../typescript/index.ts';

/** Which way values go: `given` to the code, or `returned` by it. */
export type Direction = 'given' | 'returned';

export interface Misfit {
  code: 'type-missing' | 'type-unreadable' | 'type-differs';
  found: string;
}

/** The words of a documented type that TypeScript does not mean as the reference does. */
const LOOSE: readonly string[] = ['object', 'object[]', 'function'];

/** The texts that the checker has to read to judge a documented type. */
export function typesIn(text: string): string[] {
  return splitUnion(text).filter((part) => part !== 'undefined' && !LOOSE.includes(part));
}

/**
 * What is given must be accepted as documented, what is returned must have been documented, and nothing is
 * documented that is never returned. `undefined` is left to optionality, unless the text names it.
 */
export function compareTypes(
  text: string,
  declared: TypeOf,
  direction: Direction,
  sdk: SdkProgram,
): Misfit | undefined {
  if (text === '') return { code: 'type-missing', found: 'no type' };
  for (const part of typesIn(text)) {
    const read = sdk.documented(part);
    if ('problem' in read) return { code: 'type-unreadable', found: `the type "${part}" (${read.problem})` };
  }
  const parts = splitUnion(text);
  const fits = direction === 'given' ? isAccepted(parts, declared, sdk) : isReturned(parts, declared, sdk);
  return fits ? undefined : { code: 'type-differs', found: `the type "${text}"` };
}

/** Whether the code takes every part. */
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

/** Whether all that the code gives is some part, and every part is given. */
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

/** Whether one alternative is what a loose word means. */
function isLoosely(word: string, alternative: TypeOf, sdk: SdkProgram): boolean {
  if (sdk.isAny(alternative)) return false;
  if (word === 'function') return sdk.isCallable(alternative);
  if (word === 'object') return sdk.isPlainObject(alternative);
  const elements = sdk.elementsOf(alternative);
  return elements !== undefined && sdk.alternatives(elements).every((element) => sdk.isPlainObject(element));
}

/** The parts of a union, split where no bracket or quote is open; an empty text has none. */
function splitUnion(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [token] of text.matchAll(/"[^"]*"|'[^']*'|=>|[\s\S]/g)) {
    if (/^[[({<]$/.test(token)) depth++;
    if (/^[\])}>]$/.test(token)) depth--;
    if (token === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
