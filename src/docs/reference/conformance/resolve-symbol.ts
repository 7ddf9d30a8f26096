/** Title and `patternBefore` of an entry → the SDK type that the entry documents. */
import { nearestName } from '../../findings/index.ts';
import type { SdkProgram, TypeOf } from '../../typescript/index.ts';
import type { ResolvedEntry } from '../resolved-entry.ts';

export interface Subject {
  /** Path of the symbol, such as `Weather.cities.list`. */
  name: string;
  /** The declaration of that symbol, such as `Cities.list`. */
  declared: string;
  type: TypeOf;
}

export interface NoSubject {
  /** The unknown name. */
  unknown: string;
  /** The type that has no such member. */
  owner: string;
  nearest: string | undefined;
}

/** Finds the symbol that `entry` documents. Its path ends in the entry's key, whatever the title is. */
export function resolveSymbol(entry: ResolvedEntry, sdk: SdkProgram): Subject | NoSubject {
  const receiver = receiverOf(entry);
  const root = rootOf(receiver, entry.key, sdk);
  if ('unknown' in root) return root;
  let { name, declared, type } = root;
  for (const step of receiver.length === 0 ? [] : [...receiver.slice(root.taken), entry.key]) {
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
  return { name, declared, type };
}

/** The last name in a title that is code, such as `authenticate` in `session.authenticate()`. */
export function lastNameOf(title: string): string | undefined {
  return /^(?:[\w$]+\.)*([\w$]+)(?:\(\))?$/.exec(title)?.[1];
}

/** The names before the key: from the title if it is code, otherwise from `patternBefore`. */
function receiverOf({ title, patternBefore }: ResolvedEntry): string[] {
  if (lastNameOf(title) !== undefined && /\./.test(title)) return title.replace(/\(\)$/, '').split('.').slice(0, -1);
  return (patternBefore ?? '')
    .replaceAll(/\\[.s]/g, '.')
    .split(/[^\w$]+/)
    .filter((name) => name !== '');
}

type Root = Subject & { taken: number };

function rootOf([first]: string[], key: string, sdk: SdkProgram): Root | NoSubject {
  const root = (name: string, taken: number): Root | undefined => {
    const type = sdk.exported(name);
    return type && { name, declared: name, type, taken };
  };
  if (first === undefined) {
    return root(key, 0) ?? { unknown: key, owner: 'the SDK', nearest: nearestName(key, sdk.exportNames) };
  }
  // Titles such as `userManagement.getJwksUrl()` start from the client class.
  if (sdk.client === undefined)
    return root(first, 1) ?? { unknown: first, owner: 'the SDK', nearest: nearestName(first, sdk.exportNames) };
  const client = root(sdk.client, 0);
  if (!client) return { unknown: sdk.client, owner: 'the SDK', nearest: nearestName(sdk.client, sdk.exportNames) };
  if (first.toLowerCase() === sdk.client.toLowerCase()) return { ...client, taken: 1 };
  const members = sdk.fieldsOf(client.type).map(({ name }) => name);
  if (members.includes(first)) return client;
  const loaded = loadedBy(first, client, sdk) ?? root(first, 1);
  return loaded ?? { unknown: first, owner: sdk.client, nearest: nearestName(first, [...members, ...sdk.exportNames]) };
}

/** A `session` is the result of a client method whose name ends in `Session`. */
function loadedBy(receiver: string, client: Subject, sdk: SdkProgram): Root | undefined {
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
