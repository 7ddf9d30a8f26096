/** What a program left changed for the programs after it: globals, built-in objects, environment, listeners. */

/** Everything that can be compared after a run. */
export interface TraceWatch {
  /** Names of what has changed since the watch began. */
  describeTraces(expectedEnvironment: Readonly<Record<string, string>>): string[];
}

type Properties = Map<PropertyKey, PropertyDescriptor>;

/** Begins to watch. Costs about a millisecond once, a fraction of it per comparison. */
export function watchTraces(): TraceWatch {
  const objects = [...watchedObjects()].map(([name, object]) => ({ name, object, before: propertiesOf(object) }));
  const listeners = countListeners();
  return {
    describeTraces: (expectedEnvironment) => [
      ...objects.flatMap(({ name, object, before }) => changedProperties(name, object, before)),
      ...changedEnvironment(expectedEnvironment),
      ...changedListeners(listeners),
    ],
  };
}

/** The global object, the console, and each built-in constructor or namespace with its prototype, by name. */
function watchedObjects(): Map<string, object> {
  const objects = new Map<string, object>([['globalThis', globalThis], ['console', console]]);
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
    const builtIn = typeof value === 'function' || (typeof value === 'object' && value !== null && Symbol.toStringTag in value);
    if (!builtIn || !/^[A-Z]/.test(name)) continue;
    objects.set(name, value);
    if (typeof value.prototype === 'object' && value.prototype !== null) objects.set(`${name}.prototype`, value.prototype);
  }
  return objects;
}

function propertiesOf(object: object): Properties {
  return new Map(Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key) ?? {}]));
}

function changedProperties(name: string, object: object, before: Properties): string[] {
  const keys = Reflect.ownKeys(object);
  const changed = keys.filter((key) => {
    const [was, is] = [before.get(key), Object.getOwnPropertyDescriptor(object, key)];
    return !was || !is || !sameProperty(was, is);
  });
  const removed = keys.length === before.size && changed.length === 0 ? [] : [...before.keys()].filter((key) => !Object.hasOwn(object, key));
  return [...changed, ...removed].map((key) => `${name}.${String(key)}`);
}

/** Node puts some globals in place on first use: a getter that becomes the value it gave is no change. */
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
