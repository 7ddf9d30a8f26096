/** Title, `patternBefore` and key of an entry → the SDK type that the entry documents. */
import { nearestName } from '../../findings/index.ts';
import type { SdkProgram, TypeOf } from '../../typescript/index.ts';
import type { ResolvedEntry } from '../resolved-entry.ts';

export interface Subject {
  /** Path of the symbol, such as `Weather.cities.list`. */
  name: string;
  /** The declaration of that symbol, such as `Cities.list`. */
  declared: string;
  /** How users write it, such as `cities.list()`. */
  title: string;
  type: TypeOf;
}

/** What an entry says about its symbol. */
export type SymbolName = Pick<ResolvedEntry, 'key' | 'title' | 'patternBefore'>;

export interface NoSubject {
  /** The unknown name. */
  unknown: string;
  /** The type that has no such member. */
  owner: string;
  nearest: string | undefined;
}

/** Finds the symbol that `entry` documents. Its path ends in the entry's key, whatever the title is. */
export function resolveSymbol(entry: SymbolName, sdk: SdkProgram): Subject | NoSubject {
  const receiver = receiverOf(entry);
  if (receiver.length === 0) return namedByKey(entry.key, sdk);
  const root = rootOf(receiver, sdk);
  if ('unknown' in root) return root;
  let { name, declared, type } = root;
  for (const step of [...receiver.slice(root.taken), entry.key]) {
    const fields = sdk.fieldsOf(type);
    const field = fields.find((each) => each.name === step);
    if (!field)
      return {
        unknown: step,
        owner: name,
        nearest: nearestName(
          step,
          fields.map((each) => each.name),
        ),
      };
    name = `${name}.${step}`;
    declared = `${sdk.textOf(type)}.${step}`;
    type = field;
  }
  return { name, declared, type, title: titleOf([...receiver, entry.key], type, sdk) };
}

/** An exported name, or else the only method with that name. */
function namedByKey(key: string, sdk: SdkProgram): Subject | NoSubject {
  const type = sdk.exported(key);
  if (type) return { name: key, declared: key, type, title: titleOf([key], type, sdk) };
  const methods = methodsOf(sdk);
  const [found, other] = methods.filter((each) => each.key === key);
  const names = [...sdk.exportNames, ...methods.map((each) => each.key)];
  const owner = found && !other ? sdk.exported(found.owner) : undefined;
  const method = owner && sdk.fieldsOf(owner).find(({ name }) => name === key);
  if (!found || !method) return { unknown: key, owner: 'the SDK', nearest: found?.title ?? nearestName(key, names) };
  const declared = `${found.owner}.${key}`;
  return { name: declared, declared, type: method, title: found.title };
}

/** A public method, and how users call it. */
export interface Method {
  key: string;
  /** Name of its class or interface. */
  owner: string;
  title: string;
}

/** The public methods: those of the client by the path from it, those of other types by the type's last word. */
export function methodsOf(sdk: SdkProgram): Method[] {
  const client = sdk.client === undefined ? undefined : sdk.exported(sdk.client);
  const resources = new Map(client ? sdk.fieldsOf(client).map((field) => [sdk.textOf(field), field.name]) : []);
  return sdk.callables().flatMap(({ name }) => {
    const [owner = '', key] = name.split('.');
    if (key === undefined) return [];
    const receiver = resources.get(owner) ?? (owner === sdk.client ? lowerFirst(owner) : lastWordOf(owner));
    return [{ key, owner, title: `${receiver}.${key}()` }];
  });
}

/** `WeatherStation` → `station`. */
function lastWordOf(name: string): string {
  return lowerFirst(/[A-Z][a-z\d]*$/.exec(name)?.[0] ?? name);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** A type may be callable too, but nobody calls it by its name. */
function titleOf(path: readonly string[], type: TypeOf, sdk: SdkProgram): string {
  const isCalled = sdk.isCallable(type) && !/^[A-Z]/.test(path.at(-1) ?? '');
  return `${path.join('.')}${isCalled ? '()' : ''}`;
}

/** The last name in a title that is code, such as `authenticate` in `session.authenticate()`. */
export function lastNameOf(title: string): string | undefined {
  return /^(?:[\w$]+\.)*([\w$]+)(?:\(\))?$/.exec(title)?.[1];
}

/** The names before the key: from the title if it is code, otherwise from `patternBefore`. */
function receiverOf({ title, patternBefore }: SymbolName): string[] {
  if (lastNameOf(title) !== undefined && /\./.test(title)) return title.replace(/\(\)$/, '').split('.').slice(0, -1);
  return (patternBefore ?? '')
    .replaceAll(/\\[.s]/g, '.')
    .split(/[^\w$]+/)
    .filter((name) => name !== '');
}

type Root = Omit<Subject, 'title'> & { taken: number };

function rootOf([first = '']: string[], sdk: SdkProgram): Root | NoSubject {
  const root = (name: string, taken: number): Root | undefined => {
    const type = sdk.exported(name);
    return type && { name, declared: name, type, taken };
  };
  const unknown = (owner: string, names: readonly string[]): NoSubject => ({
    unknown: first,
    owner,
    nearest: nearestName(first, names),
  });
  const byLastWord = () => {
    const named = sdk.exportNames.find((name) => /^[A-Z]/.test(name) && lastWordOf(name) === first);
    return root(first, 1) ?? (named === undefined ? undefined : root(named, 1));
  };
  // Titles such as `userManagement.getJwksUrl()` start from the client class.
  if (sdk.client === undefined) return byLastWord() ?? unknown('the SDK', sdk.exportNames);
  const client = root(sdk.client, 0);
  if (!client) return { unknown: sdk.client, owner: 'the SDK', nearest: nearestName(sdk.client, sdk.exportNames) };
  if (first.toLowerCase() === sdk.client.toLowerCase()) return { ...client, taken: 1 };
  const members = sdk.fieldsOf(client.type).map(({ name }) => name);
  if (members.includes(first)) return client;
  const loaded = loadedBy(first, client, sdk) ?? byLastWord();
  return loaded ?? unknown(sdk.client, [...members, ...sdk.exportNames]);
}

/** A `session` is the result of a client method whose name ends in `Session`. */
function loadedBy(receiver: string, client: Root, sdk: SdkProgram): Root | undefined {
  const ending = receiver.charAt(0).toUpperCase() + receiver.slice(1);
  for (const resource of sdk.fieldsOf(client.type)) {
    for (const method of sdk.fieldsOf(resource)) {
      const [call] = method.name.endsWith(ending) ? sdk.callsOf(method) : [];
      if (!call) continue;
      const name = sdk.textOf(call.returns);
      return { name, declared: name, type: call.returns, taken: 1 };
    }
  }
  return undefined;
}
