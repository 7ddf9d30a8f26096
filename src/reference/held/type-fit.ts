/** A documented type text and a declared type → why they do not agree, if so, with TypeScript as the judge. */
import type { SdkProgram, TypeOf } from './checker.ts';

/** Which way values go: `given` to the code, or `returned` by it. */
export type Direction = 'given' | 'returned';

export interface Misfit {
  code: 'type-missing' | 'type-unreadable' | 'type-differs';
  found: string;
  expected: string;
}

/** The words of a documented type that TypeScript does not mean as the reference does. */
const LOOSE = ['object', 'object[]', 'function'];

/** The texts that the checker has to read to judge a documented type. */
export function typesIn(text: string): string[] {
  return splitUnion(text).filter((part) => part !== 'undefined' && !LOOSE.includes(part));
}

/**
 * What is given must be accepted as documented, what is returned must have been documented, and nothing is documented
 * that is never returned. `undefined` is left to optionality, unless the text names it.
 */
export function findMisfit(text: string, declared: TypeOf, direction: Direction, sdk: SdkProgram): Misfit | undefined {
  const expected = `"${sdk.textOf(declared)}"`;
  if (text === '') return { code: 'type-missing', found: 'no type', expected };
  for (const part of typesIn(text)) {
    const read = sdk.documented(part);
    if ('problem' in read) return { code: 'type-unreadable', found: `the type "${part}" (${read.problem})`, expected };
  }
  const parts = splitUnion(text);
  const fits = direction === 'given' ? isAccepted(parts, declared, sdk) : isCovered(parts, declared, sdk);
  return fits ? undefined : { code: 'type-differs', found: `the type "${text}"`, expected };
}

function isAccepted(parts: readonly string[], declared: TypeOf, sdk: SdkProgram): boolean {
  return parts.every((part) => {
    const loose = fitsLoosely(part, declared, sdk);
    if (loose !== undefined) return loose;
    const documented = sdk.documented(part);
    return 'types' in documented && sdk.isAny(documented) === sdk.isAny(declared) && sdk.isAssignable(documented, declared);
  });
}

function isCovered(parts: readonly string[], declared: TypeOf, sdk: SdkProgram): boolean {
  const alternatives = sdk.alternatives(declared);
  const covers = (part: string, alternative: TypeOf) => {
    const loose = part !== 'undefined' && fitsLoosely(part, alternative, sdk);
    if (typeof loose === 'boolean' && LOOSE.includes(part)) return loose;
    const documented = sdk.documented(part);
    return 'types' in documented && sdk.isAny(documented) === sdk.isAny(alternative) && sdk.isAssignable(alternative, documented);
  };
  const isReturned = (part: string) =>
    part === 'undefined' ? sdk.mayBeUndefined(declared) : alternatives.some((alternative) => covers(part, alternative));
  return alternatives.every((alternative) => parts.some((part) => covers(part, alternative))) && parts.every(isReturned);
}

/** Whether some alternative is what a loose word means; undefined for other words. */
function fitsLoosely(part: string, declared: TypeOf, sdk: SdkProgram): boolean | undefined {
  const some = (test: (alternative: TypeOf) => boolean) => sdk.alternatives(declared).some((each) => !sdk.isAny(each) && test(each));
  switch (part) {
    case 'undefined':
      return sdk.mayBeUndefined(declared);
    case 'function':
      return some((each) => sdk.isCallable(each));
    case 'object':
      return some((each) => sdk.isPlainObject(each));
    case 'object[]':
      return some((each) => sdk.alternatives(sdk.elementsOf(each) ?? { types: [] }).some((element) => sdk.isPlainObject(element)));
    default:
      return undefined;
  }
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
