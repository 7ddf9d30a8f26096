/**
 * The SDK's source and documented types → answers of TypeScript's type checker. Long, because the checker's
 * types must not leave this file.
 */
import { basename, dirname, join } from 'node:path';
import { isParameterDeclaration } from 'typescript/unstable/ast/is';
import {
  API,
  type Checker,
  type Diagnostic,
  type Program,
  type Snapshot,
  type Symbol as CheckerSymbol,
  SymbolFlags,
  type Type,
  TypeFlags,
} from 'typescript/unstable/sync';
import { type Callable, callablesOf, resolveAlias, signaturesOf } from './callables.ts';
import { type Declaration, DeclarationReader } from './declarations.ts';

export interface SdkCheckerOptions {
  /** Project root. */
  root: string;
  /** The entry module of the SDK, relative to the root. */
  door: string;
  /** The exported class that calls start from, if any. */
  client?: string | undefined;
}

/** A declared or documented type; only the program that it came from can read it. */
export interface TypeOf {
  /** Alternatives; more than one if several result types share a field name. */
  readonly types: readonly Type[];
}

/** Why a text is not a type. */
export interface Problem {
  problem: string;
}

/** A field of an object type, merged over the alternatives of the type. */
export interface Field extends TypeOf {
  name: string;
  /** Whether it is missing or optional in some alternative. */
  optional: boolean;
}

export interface Call {
  parameters: Field[];
  /** The awaited result. */
  returns: TypeOf;
}

/** Compiler options of the SDK. */
const COMPILER_OPTIONS = {
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: ['node'],
  module: 'nodenext',
  moduleDetection: 'force',
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
};

/**
 * A compiler that stays open, so that rereading the SDK is incremental. Files are read from the
 * disk once: open another one to see changes. `close()` ends its process.
 *
 * @example
 * const checker = new SdkChecker();
 * const sdk = checker.read(['string', 'User']);
 * sdk.fieldsOf(sdk.exported('User'));
 * checker.close();
 */
export class SdkChecker {
  /** Project root, which file paths are relative to. */
  readonly root: string;
  readonly #door: string;
  readonly #config: string;
  readonly #api: API;
  readonly #client: string | undefined;
  /** Virtual files, which may replace files on the disk. */
  #virtual = new Map<string, string>();
  #snapshot: Snapshot | undefined;
  #latest: Reading | undefined;

  constructor({ root, door, client }: SdkCheckerOptions) {
    this.#client = client;
    this.root = root;
    this.#door = join(root, door);
    this.#config = join(root, 'tsconfig.reference.json');
    this.#api = new API({
      cwd: root,
      fs: {
        readFile: (name) => this.#virtual.get(name),
        fileExists: (name) => (this.#virtual.has(name) ? true : undefined),
      },
    });
  }

  /**
   * Reads the SDK, with the types in `documented` resolved in its scope. `edits` replaces some of
   * its files, by path relative to the root. Throws if the entry file is not a module. Invalidates the result of an
   * earlier `read`.
   */
  read(documented: Iterable<string>, edits: ReadonlyMap<string, string> = new Map()): SdkProgram {
    const texts = new Set(documented);
    const edited = JSON.stringify([...edits]);
    const latest = this.#latest?.edited === edited ? this.#latest : undefined;
    if (latest && [...texts].every((text) => latest.texts.has(text))) return latest.program;
    const scope = this.#latest?.program.exportNames ?? this.#open([], edits).exportNames;
    let program = this.#open(this.#probes(texts, scope), edits);
    if (program.exportNames.join() !== scope.join())
      program = this.#open(this.#probes(texts, program.exportNames), edits);
    this.#latest = { edited, texts, program };
    return program;
  }

  /** Reads the SDK; undefined if its entry file is not a module. */
  readIfModule(): SdkProgram | undefined {
    try {
      return this.read([]);
    } catch (error) {
      if (error instanceof NotModule) return undefined;
      throw error;
    }
  }

  close(): void {
    this.#api.close();
  }

  #probes(texts: Iterable<string>, scope: readonly string[]): Probe[] {
    const imports = `import type { ${scope.join(', ')} } from './${basename(this.#door)}';`;
    return [...texts].map((text, index) => ({
      text,
      file: join(dirname(this.#door), `documented-type-${index}.ts`),
      source: `${imports}\nexport type Documented = ${text};\n`,
    }));
  }

  #open(probes: readonly Probe[], edits: ReadonlyMap<string, string>): SdkProgram {
    const before = this.#virtual;
    const files = [this.#door, ...probes.map(({ file }) => file)];
    this.#virtual = new Map([
      ...[...edits].map(([path, text]) => [join(this.root, path), text] as const),
      ...probes.map(({ file, source }) => [file, source] as const),
      [this.#config, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files })],
    ]);
    const names = new Set([...before.keys(), ...this.#virtual.keys()]);
    const changed = [...names].filter((name) => before.get(name) !== this.#virtual.get(name));
    const earlier = this.#snapshot;
    this.#snapshot = this.#api.updateSnapshot({ openProjects: [this.#config], fileChanges: { changed } });
    earlier?.dispose();
    const project = this.#snapshot.getProject(this.#config);
    if (!project)
      throw new Error(`Cannot read the SDK: the compiler opened no project for ${this.#door}, expected one`);
    return new SdkProgram(project.program, project.checker, this.#door, this.#client, probes);
  }
}

/** Arguments and result of the last `read`. */
interface Reading {
  edited: string;
  texts: ReadonlySet<string>;
  program: SdkProgram;
}

class NotModule extends Error {}

/** A documented type in its own file, so that an invalid one does not affect others. */
interface Probe {
  text: string;
  file: string;
  source: string;
}

/** Queries on one snapshot of the SDK. */
export class SdkProgram {
  /** Exported names. */
  readonly exportNames: readonly string[];
  /** Name of the class that calls start from. */
  readonly client: string | undefined;
  readonly #checker: Checker;
  readonly #exports: ReadonlyMap<string, CheckerSymbol>;
  readonly #declarations: DeclarationReader;
  /** The symbols of exported types and of fields, for their doc comments. */
  readonly #symbols = new WeakMap<TypeOf, CheckerSymbol>();
  /** Former answers, since every question goes to another process. */
  readonly #exported = new Map<string, TypeOf | undefined>();
  readonly #fields = new Map<string, Field[]>();
  readonly #calls = new Map<string, Call[]>();
  #callables: Callable[] | undefined;
  readonly #documented: ReadonlyMap<string, TypeOf | Problem>;

  constructor(program: Program, checker: Checker, door: string, client: string | undefined, probes: readonly Probe[]) {
    this.client = client;
    const exportsOf = (name: string) => {
      const file = program.getSourceFile(name);
      const module = file && checker.getSymbolAtLocation(file);
      if (!module) throw new NotModule(`Cannot read the SDK: ${name} is not a module, expected one with exports`);
      return new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
    };
    this.#checker = checker;
    this.#exports = exportsOf(door);
    this.exportNames = [...this.#exports.keys()];
    this.#declarations = new DeclarationReader(checker, this.exportNames, dirname(door));
    this.#documented = new Map(
      probes.map(({ text, file }): [string, TypeOf | Problem] => {
        const [fault] = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
        if (fault) return [text, { problem: describeFault(fault) }];
        const symbol = exportsOf(file).get('Documented');
        return [text, { types: symbol ? [checker.getDeclaredTypeOfSymbol(symbol)] : [] }];
      }),
    );
  }

  /** The type of an exported name: instances of a class, a type, or else the type of the value. */
  exported(name: string): TypeOf | undefined {
    if (!this.#exported.has(name)) this.#exported.set(name, this.#readExported(name));
    return this.#exported.get(name);
  }

  #readExported(name: string): TypeOf | undefined {
    const symbol = this.#exports.get(name);
    if (!symbol) return undefined;
    const target = resolveAlias(symbol, this.#checker);
    const type =
      target.flags & SymbolFlags.Type
        ? this.#checker.getDeclaredTypeOfSymbol(target)
        : this.#checker.getTypeOfSymbol(target);
    const exported = { types: type ? [type] : [] };
    this.#symbols.set(exported, target);
    return exported;
  }

  /** Describes a type that `exported`, `fieldsOf` or `callsOf` returned, as plain data. */
  declarationOf(type: TypeOf): Declaration {
    return this.#declarations.declaration(type.types, this.#symbols.get(type));
  }

  /** All public functions and methods. */
  callables(): Callable[] {
    return (this.#callables ??= callablesOf([...this.#exports.values()], this.#checker));
  }

  /** A type text that was passed to `read`, or why it is not a type. */
  documented(text: string): TypeOf | Problem {
    return this.#documented.get(text) ?? { problem: 'it was not passed to read' };
  }

  /** The alternatives of a type, without undefined. */
  alternatives({ types }: TypeOf): TypeOf[] {
    const flat = (type: Type): Type[] => (type.isUnionType() ? [...(type.getTypes() ?? [])].flatMap(flat) : [type]);
    return types
      .flatMap(flat)
      .filter((type) => !isNothing(type))
      .map((type) => ({ types: [type] }));
  }

  /** Whether a type includes undefined; void counts as well. */
  mayBeUndefined({ types }: TypeOf): boolean {
    const has = (type: Type): boolean => (type.isUnionType() ? (type.getTypes() ?? []).some(has) : isNothing(type));
    return types.some(has);
  }

  /** Whether it is any, unknown or never, which would match too much. */
  isAny({ types }: TypeOf): boolean {
    return types.some(({ flags }) => (flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never)) !== 0);
  }

  isCallable(type: TypeOf): boolean {
    return type.types.length > 0 && type.types.every((each) => signaturesOf(each, this.#checker).length > 0);
  }

  /** Whether it is an object that is neither a function nor an array. */
  isPlainObject(type: TypeOf): boolean {
    const objects = TypeFlags.Object | TypeFlags.Intersection | TypeFlags.NonPrimitive;
    return (
      type.types.every((each) => (each.flags & objects) !== 0 && !this.#checker.isArrayLikeType(each)) &&
      !this.isCallable(type)
    );
  }

  /** The element type of an array; undefined for other types. */
  elementsOf({ types }: TypeOf): TypeOf | undefined {
    if (!types.every((type) => this.#checker.isArrayType(type) && type.isTypeReference())) return undefined;
    return {
      types: types.flatMap((type) => (type.isTypeReference() ? this.#checker.getTypeArguments(type) : [])),
    };
  }

  /** Whether every alternative of `source` is assignable to some alternative of `target`. */
  isAssignable(source: TypeOf, target: TypeOf): boolean {
    return this.alternatives(source).every(({ types: [type] }) =>
      target.types.some((each) => type !== undefined && this.#checker.isTypeAssignableTo(type, each)),
    );
  }

  /** The public fields of an object type, merged over its alternatives. */
  fieldsOf(type: TypeOf): Field[] {
    const key = keyOf(type);
    const fields = this.#fields.get(key) ?? this.#readFields(type);
    this.#fields.set(key, fields);
    return fields;
  }

  #readFields(type: TypeOf): Field[] {
    const alternatives = this.alternatives(type).flatMap(({ types }) => types);
    const found = new Map<string, CheckerSymbol[]>();
    for (const alternative of alternatives) {
      for (const symbol of this.#checker.getPropertiesOfType(alternative)) {
        if (!/^#|^__#/.test(symbol.name)) found.set(symbol.name, [...(found.get(symbol.name) ?? []), symbol]);
      }
    }
    return [...found].map(([name, symbols]) => {
      const field = {
        name,
        optional:
          symbols.length < alternatives.length || symbols.some(({ flags }) => (flags & SymbolFlags.Optional) !== 0),
        types: symbols.flatMap((symbol) => this.#checker.getTypeOfSymbol(symbol) ?? []),
      };
      const [first] = symbols;
      if (first) this.#symbols.set(field, first);
      return field;
    });
  }

  /** Whether a field from `fieldsOf` has to be documented: the package declares it, and neither internal nor deprecated. */
  isPublic(field: Field): boolean {
    const symbol = this.#symbols.get(field);
    return symbol === undefined || this.#declarations.isPublic(symbol);
  }

  /** The call signatures of a function; empty for other types. */
  callsOf(type: TypeOf): Call[] {
    const key = keyOf(type);
    const calls = this.#calls.get(key) ?? this.#readCalls(type);
    this.#calls.set(key, calls);
    return calls;
  }

  #readCalls(type: TypeOf): Call[] {
    return type.types.flatMap((each) =>
      signaturesOf(each, this.#checker).map((signature) => ({
        parameters: signature.getParameters().map((symbol) => this.#parameter(symbol)),
        returns: this.#awaited({
          types: [this.#checker.getReturnTypeOfSignature(signature)].filter((one) => one !== undefined),
        }),
      })),
    );
  }

  /** The type as TypeScript writes it, without undefined. */
  textOf({ types }: TypeOf): string {
    const texts = types.map((type) => this.#checker.typeToString(type).replace(/ \| undefined$|^undefined \| /, ''));
    return [...new Set(texts)].join(' | ');
  }

  #parameter(symbol: CheckerSymbol): Field {
    const declaration = symbol.valueDeclaration?.resolve();
    const optional =
      declaration !== undefined &&
      isParameterDeclaration(declaration) &&
      [declaration.questionToken, declaration.initializer, declaration.dotDotDotToken].some(
        (part) => part !== undefined,
      );
    const type = this.#checker.getTypeOfSymbol(symbol);
    return { name: symbol.name, optional, types: type ? [type] : [] };
  }

  #awaited({ types }: TypeOf): TypeOf {
    const awaited = types.map((type) => {
      const isPromise = type.isTypeReference() && type.getSymbol()?.name === 'Promise';
      return isPromise ? this.#checker.getTypeArguments(type) : [type];
    });
    return { types: awaited.flat() };
  }
}

function keyOf({ types }: TypeOf): string {
  return types.map(({ id }) => id).join(' ');
}

function isNothing({ flags }: Type): boolean {
  return (flags & (TypeFlags.Undefined | TypeFlags.Void)) !== 0;
}

function describeFault({ text }: Diagnostic): string {
  return text.replace(/\.$/, '');
}
