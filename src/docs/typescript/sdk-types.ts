/**
 * The SDK's source and documented types → what TypeScript's checker says of them. Long, since the checker's
 * shapes stop here.
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

export interface SdkCheckerOptions {
  /** Directory that `door` is in. */
  root: string;
  /** The module whose exports are the SDK, from the root. */
  door: string;
  /** The exported class that calls begin with; left out where there is none. */
  client?: string | undefined;
}

/** A declared or documented type; all else about it is asked of the program it came from. */
export interface TypeOf {
  /** Alternatives; more than one where several result types have a field of one name. */
  readonly types: readonly Type[];
}

/** Why a text is no type. */
export interface Problem {
  problem: string;
}

/** A field of an object type, merged over the alternatives of that type. */
export interface Field extends TypeOf {
  name: string;
  /** Whether some alternative lacks it, or may lack it. */
  optional: boolean;
}

export interface Call {
  parameters: Field[];
  /** What the call gives, once awaited. */
  returns: TypeOf;
}

/** How the SDK itself is compiled. */
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
 * A compiler that stays open, so that reading the SDK again costs only what is new. Files are read from the
 * disk once: for what changes there, open another. `close()` ends its process.
 *
 * @example
 * const checker = new SdkChecker();
 * const sdk = checker.read(['string', 'User']);
 * sdk.fieldsOf(sdk.exported('User'));
 * checker.close();
 */
export class SdkChecker {
  /** Directory that the SDK's files are named from. */
  readonly root: string;
  readonly #door: string;
  readonly #config: string;
  readonly #api: API;
  readonly #client: string | undefined;
  /** Files that are on no disk, or differ there. */
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
   * Reads the SDK with the types that `documented` spells in its scope. `edits` gives other texts for some of
   * its files, by path from the root. Throws when the door is no module. What an earlier `read` gave may be
   * void after.
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
      throw new Error(`Cannot read the SDK: the compiler opened no project for ${this.#door}, one is wanted`);
    return new SdkProgram(project.program, project.checker, this.#door, this.#client, probes);
  }
}

/** What the last `read` was asked, and gave. */
interface Reading {
  edited: string;
  texts: ReadonlySet<string>;
  program: SdkProgram;
}

/** A documented type as a file of its own, so that a broken one breaks no other. */
interface Probe {
  text: string;
  file: string;
  source: string;
}

/** What the checker says of one reading of the SDK. */
export class SdkProgram {
  /** Names a reader can import. */
  readonly exportNames: readonly string[];
  /** Name of the class that calls begin with. */
  readonly client: string | undefined;
  readonly #checker: Checker;
  readonly #exports: ReadonlyMap<string, CheckerSymbol>;
  readonly #documented: ReadonlyMap<string, TypeOf | Problem>;

  constructor(program: Program, checker: Checker, door: string, client: string | undefined, probes: readonly Probe[]) {
    this.client = client;
    const exportsOf = (name: string) => {
      const file = program.getSourceFile(name);
      const module = file && checker.getSymbolAtLocation(file);
      if (!module) throw new Error(`Cannot read the SDK: ${name} is no module, one with exports is wanted`);
      return new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
    };
    this.#checker = checker;
    this.#exports = exportsOf(door);
    this.exportNames = [...this.#exports.keys()];
    this.#documented = new Map(
      probes.map(({ text, file }): [string, TypeOf | Problem] => {
        const [fault] = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
        if (fault) return [text, { problem: describeFault(fault) }];
        const symbol = exportsOf(file).get('Documented');
        return [text, { types: symbol ? [checker.getDeclaredTypeOfSymbol(symbol)] : [] }];
      }),
    );
  }

  /** What a reader means by an exported name: instances of a class, the type, else the value's type. */
  exported(name: string): TypeOf | undefined {
    const symbol = this.#exports.get(name);
    if (!symbol) return undefined;
    const target = resolveAlias(symbol, this.#checker);
    if (target.flags & SymbolFlags.Type) return { types: [this.#checker.getDeclaredTypeOfSymbol(target)] };
    return { types: [this.#checker.getTypeOfSymbol(target)].filter((type) => type !== undefined) };
  }

  /** Everything that a reader can call. */
  callables(): Callable[] {
    return callablesOf([...this.#exports.values()], this.#checker);
  }

  /** A type text that `read` was given, or why it is none. */
  documented(text: string): TypeOf | Problem {
    return this.#documented.get(text) ?? { problem: 'it was not read' };
  }

  /** The alternatives of a type, without undefined. */
  alternatives({ types }: TypeOf): TypeOf[] {
    const flat = (type: Type): Type[] => (type.isUnionType() ? [...(type.getTypes() ?? [])].flatMap(flat) : [type]);
    return types
      .flatMap(flat)
      .filter((type) => !isNothing(type))
      .map((type) => ({ types: [type] }));
  }

  /** Whether undefined is among the values of a type; so it is of what returns nothing. */
  mayBeUndefined({ types }: TypeOf): boolean {
    const has = (type: Type): boolean => (type.isUnionType() ? (type.getTypes() ?? []).some(has) : isNothing(type));
    return types.some(has);
  }

  /** Whether the type says nothing, so that everything would fit, or it everywhere. */
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

  /** What an array holds; undefined for what is no array. */
  elementsOf({ types }: TypeOf): TypeOf | undefined {
    if (!types.every((type) => this.#checker.isArrayType(type) && type.isTypeReference())) return undefined;
    return {
      types: types.flatMap((type) => (type.isTypeReference() ? this.#checker.getTypeArguments(type) : [])),
    };
  }

  /** Whether every value of `source` is one of some alternative of `target`. */
  isAssignable(source: TypeOf, target: TypeOf): boolean {
    return this.alternatives(source).every(({ types: [type] }) =>
      target.types.some((each) => type !== undefined && this.#checker.isTypeAssignableTo(type, each)),
    );
  }

  /** The fields of an object type, merged over its alternatives, without those that only its class sees. */
  fieldsOf(type: TypeOf): Field[] {
    const alternatives = this.alternatives(type).flatMap(({ types }) => types);
    const found = new Map<string, CheckerSymbol[]>();
    for (const alternative of alternatives) {
      for (const symbol of this.#checker.getPropertiesOfType(alternative)) {
        if (!/^#|^__#/.test(symbol.name)) found.set(symbol.name, [...(found.get(symbol.name) ?? []), symbol]);
      }
    }
    return [...found].map(([name, symbols]) => ({
      name,
      optional:
        symbols.length < alternatives.length || symbols.some(({ flags }) => (flags & SymbolFlags.Optional) !== 0),
      types: symbols.flatMap((symbol) => this.#checker.getTypeOfSymbol(symbol) ?? []),
    }));
  }

  /** The ways to call a function; none for what is no function. */
  callsOf(type: TypeOf): Call[] {
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

function isNothing({ flags }: Type): boolean {
  return (flags & (TypeFlags.Undefined | TypeFlags.Void)) !== 0;
}

function describeFault({ text }: Diagnostic): string {
  return text.replace(/\.$/, '');
}
