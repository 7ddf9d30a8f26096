/** Detects changes that a snippet leaves for later ones: globals, built-in objects, environment, listeners. */

/** Compares the state after a run. */
export interface TraceWatch {
  /** Names of everything that has changed since the start. */
  describeTraces(expectedEnvironment: Readonly<Record<string, string>>): string[];
}

/** The original state of an object. */
interface Watched {
  name: string;
  object: object;
  properties: { key: PropertyKey; was: PropertyDescriptor }[];
}

/** Starts watching. Takes about 10 ms once, and a third of a millisecond per comparison. */
export function watchTraces(): TraceWatch {
  const watched = [...watchedObjects()].map(([name, object]): Watched => {
    const keys = Reflect.ownKeys(object);
    return {
      name,
      object,
      properties: keys.map((key) => ({ key, was: Object.getOwnPropertyDescriptor(object, key) ?? {} })),
    };
  });
  const listeners = countListeners();
  return {
    describeTraces: (expectedEnvironment) => [
      ...watched.flatMap(changedProperties),
      ...changedEnvironment(expectedEnvironment),
      ...changedListeners(listeners),
    ],
  };
}

/** The global object, the console, and all built-in constructors, namespaces and prototypes, by name. */
function watchedObjects(): Map<string, object> {
  const objects = new Map<string, object>([
    ['globalThis', globalThis],
    ['console', console],
  ]);
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
    const builtIn =
      typeof value === 'function' || (typeof value === 'object' && value !== null && Symbol.toStringTag in value);
    if (!builtIn || !/^[A-Z]/.test(name)) continue;
    objects.set(name, value);
    if (typeof value.prototype === 'object' && value.prototype !== null)
      objects.set(`${name}.prototype`, value.prototype);
  }
  return objects;
}

function changedProperties({ name, object, properties }: Watched): string[] {
  const changed = properties.filter(({ key, was }) => !isUnchanged(object, key, was)).map(({ key }) => key);
  const keys = Reflect.ownKeys(object);
  if (keys.length !== properties.length || changed.length > 0) {
    const known = new Set(properties.map(({ key }) => key));
    changed.push(...keys.filter((key) => !known.has(key)));
  }
  return changed.map((key) => `${name}.${String(key)}`);
}

function isUnchanged(object: object, key: PropertyKey, was: PropertyDescriptor): boolean {
  // Reading the value is much faster than reading the descriptor, and is enough for nearly all properties.
  if ('value' in was && Object.is(Reflect.get(object, key), was.value)) return true;
  const is = Object.getOwnPropertyDescriptor(object, key);
  return is !== undefined && sameProperty(was, is);
}

/** Node creates some globals on first use: a getter that was replaced by its own value does not count as changed. */
function sameProperty(was: PropertyDescriptor, is: PropertyDescriptor): boolean {
  if (was.get && !is.get) return Object.is(was.get.call(globalThis), is.value);
  return was.get === is.get && was.set === is.set && Object.is(was.value, is.value);
}

function changedEnvironment(expected: Readonly<Record<string, string>>): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(process.env)]);
  return [...names].filter((name) => process.env[name] !== expected[name]).map((name) => `process.env.${name}`);
}

function countListeners(): Map<string | symbol, number> {
  return new Map(process.eventNames().map((name) => [name, process.listenerCount(name as string)]));
}

function changedListeners(before: ReadonlyMap<string | symbol, number>): string[] {
  return [...countListeners()]
    .filter(([name, count]) => count > (before.get(name) ?? 0))
    .map(([name]) => `process.on("${String(name)}")`);
}
