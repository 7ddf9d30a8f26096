/** Names and types of TypeScript → those of another language. To add a language, add a row. */
import { splitUnion } from '../type-text.ts';

/** How a language writes names and types. Of several ways the first is used, and all are accepted. */
export interface Spelling {
  name: (name: string) => string;
  /** The parts of a type, such as `string`; `$` in a list is the type of its items. */
  string: readonly string[];
  number: readonly string[];
  boolean: readonly string[];
  object: readonly string[];
  function: readonly string[];
  list: readonly string[];
  null: readonly string[];
  /** Between the parts of a union. */
  or: string;
  /** Literals in prose, such as `true`. */
  literals?: Readonly<Record<string, string>>;
}

/** What one package calls differently in one language than the row of the language says. */
export interface OwnSpelling {
  /** By name in the code, such as `listAll`, or by method and name, such as `listAll.pageSize`. */
  names?: Readonly<Record<string, string>> | undefined;
  /** By name of an exported type. */
  types?: Readonly<Record<string, string>> | undefined;
  /** Parameters that the language requires although the code does not, named as in `names`. */
  required?: readonly string[] | undefined;
}

export const snakeCase = (name: string): string =>
  name.replaceAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase();

const SPELLINGS: Readonly<Record<string, Spelling>> = {
  ruby: {
    name: snakeCase,
    string: ['String', 'string'],
    number: ['Integer', 'Float', 'Numeric'],
    boolean: ['Boolean', 'boolean'],
    object: ['Hash', 'object'],
    function: ['Proc', 'function'],
    list: ['Array<$>', 'List<$>', '$[]'],
    null: ['nil'],
    or: ', ',
  },
  python: {
    name: snakeCase,
    string: ['str', 'string'],
    number: ['int', 'float'],
    boolean: ['bool', 'boolean'],
    object: ['dict', 'object'],
    function: ['Callable', 'function'],
    list: ['list[$]', 'List[$]', '$[]'],
    null: ['None'],
    or: ' | ',
    literals: { true: 'True', false: 'False', null: 'None' },
  },
};

/** A type of the code, and the exported name that it is written as, if any. */
export interface TypeOfCode {
  type: string;
  alias?: string;
}

/** Writes names and types of the code in one language. */
export class Translator {
  readonly #spelling: Spelling;
  readonly #own: OwnSpelling;
  readonly #isEntry: (name: string) => boolean;

  /** `isEntry` says whether an entry of the language documents the type with that name. */
  constructor(spelling: Spelling, own: OwnSpelling, isEntry: (name: string) => boolean) {
    this.#spelling = spelling;
    this.#own = own;
    this.#isEntry = isEntry;
  }

  /** The name of `name`, which belongs to the method or type `owner`. */
  name(name: string, owner = ''): string {
    const { names = {} } = this.#own;
    return names[`${owner}.${name}`] ?? names[name] ?? this.#spelling.name(name);
  }

  /** Whether the language requires the parameter `name` of the method `owner`, which is optional in the code. */
  requires(name: string, owner: string): boolean {
    const { required = [] } = this.#own;
    return required.includes(name) || required.includes(`${owner}.${name}`);
  }

  literal(text: string): string {
    return this.#spelling.literals?.[text] ?? text;
  }

  /** `string[] | null` → `Array<String>, nil`. */
  type({ type, alias = '' }: TypeOfCode): string {
    const parts = partsOf(this.#own.types?.[alias] ?? type).flatMap((part) => this.#waysOf(part)[0] ?? []);
    return [...new Set(parts)].join(this.#spelling.or);
  }

  /** Whether `written` is a way to write `type`; what is given to the code may be less than it accepts. */
  accepts(written: string, { type, alias = '' }: TypeOfCode, direction: 'given' | 'returned'): boolean {
    const isSame = (a: string, b: string) => a.replaceAll(' ', '') === b.replaceAll(' ', '');
    const own = this.#own.types?.[alias];
    const ways = [...partsOf(type), ...(own === undefined ? [] : [own])].map((part) => this.#waysOf(part));
    const parts = splitAlternatives(written);
    const isPart = (part: string) => ways.some((way) => way.some((each) => isSame(each, part)));
    const isCovered = (way: readonly string[]) => parts.some((part) => way.some((each) => isSame(each, part)));
    return parts.length > 0 && parts.every(isPart) && (direction === 'given' || ways.every(isCovered));
  }

  #waysOf(part: string): readonly string[] {
    const plain = part.replace(/^readonly /, '');
    const item = /^(.*)\[\]$/s.exec(plain)?.[1] ?? /^(?:Readonly)?Array<(.*)>$/s.exec(plain)?.[1];
    if (item !== undefined) {
      const items = partsOf(item.replace(/^\((.*)\)$/s, '$1')).map((each) => this.#waysOf(each));
      const ofItems = items.length === 1 ? (items[0] ?? []) : [this.type({ type: item })];
      return this.#spelling.list.flatMap((list) => ofItems.map((each) => list.replace('$', () => each)));
    }
    const { types = {} } = this.#own;
    if (Object.hasOwn(types, plain)) return [types[plain] ?? plain];
    if (Object.values(types).includes(plain)) return [plain];
    if (/^["']/.test(plain)) return [plain, ...this.#spelling.string];
    if (/^\d/.test(plain)) return [plain, ...this.#spelling.number];
    if (['true', 'false'].includes(plain)) return [this.literal(plain), ...this.#spelling.boolean];
    const kind = {
      string: 'string',
      number: 'number',
      boolean: 'boolean',
      null: 'null',
      function: 'function',
    } as const;
    if (Object.hasOwn(kind, plain)) return this.#spelling[kind[plain as keyof typeof kind]];
    if (plain.includes('=>')) return this.#spelling.function;
    const [name = ''] = /^[\w$]+/.exec(plain) ?? [];
    return this.#isEntry(name) ? [name] : this.#spelling.object;
  }
}

/** The translator for `language`; undefined if no row describes the language. */
export function translatorFor(
  language: string,
  own: OwnSpelling,
  isEntry: (name: string) => boolean,
): Translator | undefined {
  const spelling = Object.hasOwn(SPELLINGS, language) ? SPELLINGS[language] : undefined;
  return spelling && new Translator(spelling, own, isEntry);
}

/** The parts of a type of the code, without undefined. */
function partsOf(type: string): string[] {
  return splitUnion(type).flatMap((part) => {
    const awaited = /^Promise<(.*)>$/s.exec(part)?.[1];
    if (awaited !== undefined) return partsOf(awaited);
    return part === 'undefined' ? [] : [part];
  });
}

/** The parts of a documented type, however its language separates them. */
function splitAlternatives(written: string): string[] {
  return splitUnion(written.replaceAll(/,(?![^<[(]*[>\])])/g, '|'));
}
