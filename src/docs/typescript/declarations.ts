/** A type of the package → plain data: its text, its values, its fields and their documentation. */
import { isParameterDeclaration } from 'typescript/unstable/ast/is';
import {
  type Checker,
  type Signature,
  type Symbol as CheckerSymbol,
  SymbolFlags,
  type Type,
  TypeFlags,
} from 'typescript/unstable/sync';
import { signaturesOf } from './callables.ts';

/** How deep fields of fields are described. */
const DEPTH_MAX = 3;

/** A type, as plain data. */
export interface DeclaredType {
  /** As users would write it, without undefined; types that they cannot import are `object`. */
  text: string;
  /** The exported name that the type is written as, if any, such as `Units` for `"metric" | "imperial"`. */
  alias?: string;
  /** The strings that it consists of, if it is a set of strings. */
  values: string[];
  /** Whether it includes undefined, which `text` leaves out. */
  mayBeUndefined: boolean;
  /** The fields of the object, or of the items of the list; empty for types from outside of the package. */
  fields: DeclaredField[];
}

/** The values of a discriminant for which a field exists. */
export interface DeclaredCase {
  /** Name of the discriminant, such as `authenticated`. */
  name: string;
  /** As written in code: `true`, or `"open"`. */
  values: string[];
  /** Whether the field may be missing even then. */
  optional: boolean;
}

/** A parameter, an option or a field. */
export interface DeclaredField extends DeclaredType {
  name: string;
  /** Whether it may be left out. */
  optional: boolean;
  /** Its doc comment, in one paragraph. */
  about: string;
  /** Set if only some alternatives of a discriminated union have it. */
  when?: DeclaredCase;
}

/** What a function throws, from `@throws missing_key, no_such_key: Why.` */
export interface DeclaredThrow {
  /** Codes or types of errors: the first word of the tag, and those that follow after commas. */
  names: string[];
  about: string;
}

export interface DeclaredCall {
  /** Names of its type parameters. */
  typeParameters: string[];
  parameters: DeclaredField[];
  /** The awaited result; undefined if there is none. */
  result: DeclaredType | undefined;
  /** The result as declared, such as `Promise<Forecast>`. */
  resultText: string;
}

/** A function, a method or a type, as plain data. */
export interface Declaration extends DeclaredType {
  /** One per signature; empty if it is not a function. */
  calls: DeclaredCall[];
  about: string;
  throws: DeclaredThrow[];
}

/** Describes types of one program. */
export class DeclarationReader {
  readonly #checker: Checker;
  readonly #exportNames: ReadonlySet<string>;
  readonly #folder: string;
  /** What was asked before; every question goes to another process. */
  readonly #members = new Map<number, Map<string, CheckerSymbol>>();
  readonly #printed = new Map<number, string>();
  readonly #abouts = new Map<CheckerSymbol, string>();

  /** Only what is declared below `folder` belongs to the package. */
  constructor(checker: Checker, exportNames: Iterable<string>, folder: string) {
    this.#checker = checker;
    this.#exportNames = new Set(exportNames);
    this.#folder = `${folder}/`;
  }

  /** Describes the type of `symbol`, or its signatures. */
  declaration(types: readonly Type[], symbol: CheckerSymbol | undefined): Declaration {
    const calls = types.flatMap((type) => signaturesOf(type, this.#checker)).map((each) => this.#call(each));
    const isPublic = (each: DeclaredCall, index: number) => index === 0 || each.parameters.length > 0;
    return {
      ...this.#type(types, []),
      calls: calls.filter(isPublic),
      about: symbol ? this.#aboutOf(symbol) : '',
      throws: symbol ? this.#throwsOf(symbol) : [],
    };
  }

  /** Whether the package declares the member, for users of today. */
  isPublic(symbol: CheckerSymbol): boolean {
    if (/^#|^__/.test(symbol.name) || !this.#isDeclaredHere(symbol)) return false;
    return !this.#checker.getJsDocTagsOfSymbol(symbol).some(({ name }) => ['internal', 'deprecated'].includes(name));
  }

  #call(signature: Signature): DeclaredCall {
    const returned = this.#checker.getReturnTypeOfSignature(signature);
    const result = returned && this.#type(this.#awaited(returned), []);
    return {
      typeParameters: signature.getTypeParameters().map((type) => this.#print(type)),
      parameters: signature.getParameters().map((symbol) => this.#field([symbol], { optional: false, open: [] })),
      result: result?.text === '' ? undefined : result,
      resultText: returned ? this.#print(returned) : '',
    };
  }

  #awaited(type: Type): readonly Type[] {
    const isPromise = type.isTypeReference() && type.getSymbol()?.name === 'Promise';
    return isPromise ? this.#checker.getTypeArguments(type) : [type];
  }

  #type(types: readonly Type[], open: readonly number[]): DeclaredType {
    const all = types.flatMap((type) => this.#alternatives(type));
    const given = all.filter((type) => !isNothing(type));
    const values = given.flatMap((type) => (type.isStringLiteralType() ? [type.value] : []));
    const [written = '', ...others] = types.map((type) => this.#print(type).replace(/ \| undefined$/, ''));
    const alias = others.length === 0 && this.#exportNames.has(written) ? written : undefined;
    const objects = given.map((type) => this.#elementOf(type)).flatMap((type) => this.#alternatives(type));
    const texts = new Set(this.#texts(given));
    // Null is the exception, so it comes last.
    if (texts.delete('null')) texts.add('null');
    return {
      text: [...texts].join(' | '),
      ...(alias !== undefined && { alias }),
      values: values.length === given.length ? [...new Set(values)] : [],
      mayBeUndefined: all.length > given.length,
      fields: this.#fields(objects, open),
    };
  }

  #alternatives(type: Type): Type[] {
    return type.isUnionType() ? [...type.getTypes()].flatMap((each) => this.#alternatives(each)) : [type];
  }

  #elementOf(type: Type): Type {
    const isList = this.#checker.isArrayType(type) && type.isTypeReference();
    return (isList ? this.#checker.getTypeArguments(type)[0] : undefined) ?? type;
  }

  #texts(alternatives: readonly Type[]): string[] {
    // Sets of literals are widened; their values are listed on their own.
    const [only, ...others] = alternatives;
    if (only?.isStringLiteralType() && others.length === 0) return [JSON.stringify(only.value)];
    const isSet = alternatives.some((type) => type.isStringLiteralType());
    return alternatives.map((type) => {
      if (type.isStringLiteralType() || (isSet && type.isIntersectionType())) return 'string';
      return this.#text(type);
    });
  }

  #text(type: Type): string {
    const { flags } = type;
    if (flags & TypeFlags.BooleanLike) return 'boolean';
    if (flags & TypeFlags.NumberLike) return 'number';
    const alias = this.#exportedName(type);
    if (alias !== undefined) return alias;
    if (type.isTypeParameter()) return 'object';
    if (type.isIntersectionType()) {
      const named = type.getTypes().filter((each) => !each.isTypeParameter());
      return [...new Set(named.map((each) => this.#text(each)))].join(' & ');
    }
    if (this.#checker.isArrayType(type) && type.isTypeReference()) {
      const [item] = this.#checker.getTypeArguments(type);
      const text = item ? this.#type([item], []).text : 'unknown';
      return `${this.#print(type).startsWith('readonly ') ? 'readonly ' : ''}${/[|&]|=>/.test(text) ? `(${text})` : text}[]`;
    }
    if (!this.#isOurs(type) || signaturesOf(type, this.#checker).length > 0) return this.#print(type);
    return 'object';
  }

  /** The name that users can import, with its type arguments left out. */
  #exportedName(type: Type): string | undefined {
    const alias = type.getAliasSymbol()?.name;
    const isSet = this.#alternatives(type).length > 1;
    const name = isSet ? undefined : (alias ?? type.getSymbol()?.name);
    return name !== undefined && this.#exportNames.has(name) && this.#isOurs(type) ? name : undefined;
  }

  /** Whether the package declares the type, or fields of it. */
  #isOurs(type: Type): boolean {
    const isFunction = signaturesOf(type, this.#checker).length > 0;
    if (this.#membersOf(type).size > 0 && !isFunction) return true;
    const symbol = type.getAliasSymbol() ?? type.getSymbol();
    return symbol !== undefined && !symbol.name.startsWith('__') && this.#isDeclaredHere(symbol);
  }

  #isDeclaredHere({ declarations }: CheckerSymbol): boolean {
    return declarations.some(({ path }) => path.toLowerCase().startsWith(this.#folder.toLowerCase()));
  }

  /** The public fields of an object type, merged over its alternatives. */
  #fields(alternatives: readonly Type[], open: readonly number[]): DeclaredField[] {
    const objects = alternatives.filter((type) => this.#hasFields(type) && !open.includes(type.id));
    if (objects.length === 0 || open.length >= DEPTH_MAX) return [];
    const members = objects.map((type) => this.#membersOf(type));
    const discriminant = objects.length > 1 ? this.#discriminantOf(members) : undefined;
    const inner = [...open, ...objects.map(({ id }) => id)];
    const names = [...new Set(members.flatMap((each) => [...each.keys()]))];
    const fields = names.map((name) => {
      const found = members.flatMap((each) => each.get(name) ?? []);
      const when = discriminant && caseOf(name, members, discriminant);
      const optional = found.length < objects.length || found.some(isOptional);
      return { ...this.#field(found, { optional, open: inner }), ...(when && { when }) };
    });
    // A name may have two spellings that differ in case only; the first counts.
    const isSecond = ({ name, text }: DeclaredField, index: number) =>
      fields.some((each, at) => at < index && text === each.text && each.name.toLowerCase() === name.toLowerCase());
    return fields.filter((field, index) => !isSecond(field, index));
  }

  /** Types that users cannot import, and that are not written in place, are not described. */
  #hasFields(type: Type): boolean {
    if ((type.flags & (TypeFlags.Object | TypeFlags.Intersection)) === 0) return false;
    if (this.#checker.isArrayLikeType(type) || signaturesOf(type, this.#checker).length > 0) return false;
    const name = type.getSymbol()?.name;
    const isHidden = name !== undefined && !name.startsWith('__') && !this.#exportNames.has(name);
    return !isHidden && this.#membersOf(type).size > 0;
  }

  #membersOf(type: Type): Map<string, CheckerSymbol> {
    const known = this.#members.get(type.id) ?? this.#readMembers(type);
    this.#members.set(type.id, known);
    return known;
  }

  #readMembers(type: Type): Map<string, CheckerSymbol> {
    const members = this.#checker.getPropertiesOfType(type).filter((symbol) => this.isPublic(symbol));
    return new Map(members.map((symbol) => [symbol.name, symbol]));
  }

  /** The first field that is another literal in different alternatives. */
  #discriminantOf(members: readonly Map<string, CheckerSymbol>[]): Discriminant | undefined {
    for (const name of members[0]?.keys() ?? []) {
      const values = members.map((each) => this.#literalOf(each.get(name)));
      if (values.every((value) => value !== undefined) && new Set(values).size > 1) return { name, values };
    }
    return undefined;
  }

  #literalOf(symbol: CheckerSymbol | undefined): string | undefined {
    const type = symbol && this.#checker.getTypeOfSymbol(symbol);
    if (!type || type.isUnionType() || !type.isLiteralType()) return undefined;
    return JSON.stringify(type.value) as string | undefined;
  }

  #field(
    symbols: readonly CheckerSymbol[],
    { optional, open }: { optional: boolean; open: readonly number[] },
  ): DeclaredField {
    const types = symbols.flatMap((symbol) => this.#checker.getTypeOfSymbol(symbol) ?? []);
    const { name, flags } = symbols[0]!;
    const isMethod = (flags & SymbolFlags.Method) !== 0;
    const described = this.#type(types, open);
    return {
      ...described,
      ...(isMethod && { text: 'function' }),
      // A parameter that is taken apart where it is declared has no name.
      name: name.startsWith('__') ? 'options' : name,
      optional: optional || this.#isOptionalParameter(symbols[0]!),
      about: this.#aboutOf(symbols[0]!),
    };
  }

  #isOptionalParameter({ valueDeclaration }: CheckerSymbol): boolean {
    const declaration = valueDeclaration?.resolve();
    if (!declaration || !isParameterDeclaration(declaration)) return false;
    const { questionToken, initializer, dotDotDotToken } = declaration;
    return [questionToken, initializer, dotDotDotToken].some((part) => part !== undefined);
  }

  #aboutOf(symbol: CheckerSymbol): string {
    const known = this.#abouts.get(symbol);
    if (known !== undefined) return known;
    const [first = ''] = this.#checker.getDocumentationCommentOfSymbol(symbol).split(/\n\s*\n/);
    const about = first.replaceAll(/\s+/g, ' ').trim();
    this.#abouts.set(symbol, about);
    return about;
  }

  #throwsOf(symbol: CheckerSymbol): DeclaredThrow[] {
    const tags = this.#checker.getJsDocTagsOfSymbol(symbol).filter(({ name }) => name === 'throws');
    return tags.flatMap(({ text = '' }) => {
      const plain = text.replaceAll(/\s+/g, ' ').trim();
      const [, names = '', about = ''] = /^\{?((?:`?[\w$.]+`?, )*`?[\w$.]+`?)\}?:? ?(.*)$/.exec(plain) ?? [];
      return names === '' ? [] : [{ names: names.replaceAll('`', '').split(', '), about }];
    });
  }

  #print(type: Type): string {
    const known = this.#printed.get(type.id) ?? oneLine(this.#checker.typeToString(type));
    this.#printed.set(type.id, known);
    return known;
  }
}

/** Removes module names, which contain local file paths, and the last semicolon of a type in braces. */
function oneLine(text: string): string {
  const named = text.replaceAll(/(?:typeof )?import\("[^"]*"\)\.?/g, '');
  return named.replaceAll(/\s+/g, ' ').replaceAll(/; \}/g, ' }').trim();
}

interface Discriminant {
  name: string;
  /** One per alternative. */
  values: readonly string[];
}

/** The values of the discriminant for which the field exists; undefined if it exists for all of them. */
function caseOf(
  name: string,
  members: readonly ReadonlyMap<string, CheckerSymbol>[],
  { name: discriminant, values }: Discriminant,
): DeclaredCase | undefined {
  const having = new Set(values.filter((_, index) => members[index]?.has(name)));
  if (having.size === new Set(values).size) return undefined;
  const optional = members.some((each, index) => {
    const symbol = each.get(name);
    return having.has(values[index] ?? '') && (symbol === undefined || isOptional(symbol));
  });
  return { name: discriminant, values: [...having], optional };
}

function isOptional({ flags }: CheckerSymbol): boolean {
  return (flags & SymbolFlags.Optional) !== 0;
}

function isNothing({ flags }: Type): boolean {
  return (flags & (TypeFlags.Undefined | TypeFlags.Void)) !== 0;
}
