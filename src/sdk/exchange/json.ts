/** JSON text from outside → a value whose objects carry no `__proto__` key of their own. */

const PROTOTYPE_KEY = '__proto__';

/** Whether a value parsed from JSON is an object with named fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses JSON and leaves every `__proto__` key out: copied with `Object.assign`, such a key would replace the
 * prototype of the copy. Throws SyntaxError on anything that is not JSON.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (mayNamePrototype(text)) dropPrototypeKeys(value);
  return value;
}

/** As `parseJson`, but refuses a text with a `__proto__` key instead of leaving the key out. */
export function parseJsonStrictly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (mayNamePrototype(text) && dropPrototypeKeys(value)) {
    throw new SyntaxError('Cannot parse JSON: a key is __proto__, none may be');
  }
  return value;
}

/** Spares the walk for nearly every text: a `__proto__` key is spelled out or written with escapes. */
function mayNamePrototype(text: string): boolean {
  return text.includes(PROTOTYPE_KEY) || text.includes('\\u');
}

/** Deletes own `__proto__` keys at any depth, without recursion: a deep text must not end in a full stack. */
function dropPrototypeKeys(root: unknown): boolean {
  let dropped = false;
  const left = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, PROTOTYPE_KEY)) dropped = delete (value as Record<string, unknown>)[PROTOTYPE_KEY];
    for (const child of Object.values(value)) left.push(child);
  }
  return dropped;
}
