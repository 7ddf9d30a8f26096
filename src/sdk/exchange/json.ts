/** Untrusted JSON → a value whose objects have no `__proto__` key. */

const PROTOTYPE_KEY = '__proto__';

/** Whether a value parsed from JSON is an object with named fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses JSON and removes every `__proto__` key. Copied with `Object.assign`, such a key would replace the prototype of the
 * copy. Throws a SyntaxError for other text.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (mayNamePrototype(text)) dropPrototypeKeys(value);
  return value;
}

/** Like `parseJson`, but throws for a text with a `__proto__` key. */
export function parseJsonStrictly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (mayNamePrototype(text) && dropPrototypeKeys(value)) {
    throw new SyntaxError('Cannot parse JSON: it must not have a key __proto__');
  }
  return value;
}

/** Avoids walking nearly every value. A `__proto__` key is either spelled out or written with escapes. */
function mayNamePrototype(text: string): boolean {
  return text.includes(PROTOTYPE_KEY) || text.includes('\\u');
}

/** Deletes own `__proto__` keys at any depth, without recursion, so that deep JSON cannot overflow the stack. */
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
