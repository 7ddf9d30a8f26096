/**
 * State that all copies of this package in a process share. An application may load the package with `import` and with
 * `require()`, or a bundler may put it into several outputs. One cookie must still be refreshed once.
 */

/** The number changes with the format of the state, so that incompatible copies do not share it. */
const PLACE = Symbol.for('authkit-session-helpers/1');

type State = Map<string, unknown>;

let found: State | undefined;

/** The state with this name, created at its first use in the process. */
export function processState<T>(name: string, create: () => T): T {
  const state = (found ??= findState());
  if (!state.has(name)) state.set(name, create());
  return state.get(name) as T;
}

function findState(): State {
  try {
    // The object of the process, if there is one.
    const holder = (globalThis.process ?? globalThis) as { [PLACE]?: State };
    const state = holder[PLACE] ?? new Map<string, unknown>();
    // Not enumerable, so that printing the object does not print the state.
    Object.defineProperty(holder, PLACE, { value: state, configurable: true });
    return state;
  } catch {
    // The object is frozen, or reading it throws: each copy has its own state.
    return new Map();
  }
}
