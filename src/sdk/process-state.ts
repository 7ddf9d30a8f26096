/**
 * What all copies of this package in a process share: an application loads it with `import` and with `require()`, or a
 * bundler puts it into each of its outputs, and one cookie must be refreshed once all the same.
 */

/** The number changes with what is stored: copies that would not understand each other do not meet. */
const PLACE = Symbol.for('authkit-session-helpers/1');

type State = Map<string, unknown>;

let found: State | undefined;

/** What is stored under `name`, made at its first use in the process. */
export function processState<T>(name: string, create: () => T): T {
  const state = (found ??= findState());
  if (!state.has(name)) state.set(name, create());
  return state.get(name) as T;
}

function findState(): State {
  try {
    // The object that stands for the process, where there is one.
    const holder = (globalThis.process ?? globalThis) as { [PLACE]?: State };
    const state = holder[PLACE] ?? new Map<string, unknown>();
    // Not enumerable, so that nobody who prints the object prints what is in here.
    Object.defineProperty(holder, PLACE, { value: state, configurable: true });
    return state;
  } catch {
    // The object is frozen, or asking for it throws: each copy keeps to itself.
    return new Map();
  }
}
