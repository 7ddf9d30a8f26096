/** An identifier and its type → one line, as an editor would show it. */
import { type Identifier, type Node, SyntaxKind } from 'typescript/unstable/ast';
import {
  isBindingElement,
  isCallExpression,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
} from 'typescript/unstable/ast/is';
import {
  type Checker,
  type Project,
  type Signature,
  SignatureKind,
  type Symbol as CheckerSymbol,
  SymbolFlags,
  type Type,
} from 'typescript/unstable/sync';

const TYPE_LENGTH_MAX = 160;
const ABOUT_LENGTH_MAX = 240;

export interface FormattedType {
  type: string;
  /** First sentence of its documentation in the package. */
  about?: string;
}

/** Formats types, with a cache for the lifetime of its project. */
export class TypeFormatter {
  readonly #checker: Checker;
  readonly #print: (node: Node) => string;
  readonly #types = new Map<Type, string>();
  readonly #signatures = new Map<Type, readonly Signature[]>();
  readonly #calls = new Map<Signature, string>();
  readonly #abouts = new Map<CheckerSymbol, string | undefined>();

  constructor({ checker, emitter }: Project) {
    this.#checker = checker;
    this.#print = (node) => emitter.printNode(node);
  }

  /** Undefined if the text would only repeat the name. */
  describe(node: Identifier, found: CheckerSymbol | undefined, type: Type | undefined): FormattedType | undefined {
    if (!found || !type || type.isErrorType()) return undefined;
    const symbol = this.#meant(node, found);
    if (isAmbient(node, symbol)) return undefined;
    const about = this.#aboutOf(symbol);
    if (symbol.flags & SymbolFlags.Variable && type.isLiteralType()) return undefined;
    const text = this.#line(node, symbol, type);
    if (text === undefined || (about === undefined && text.endsWith(` ${node.text}`))) return undefined;
    return { type: shorten(text, TYPE_LENGTH_MAX), ...(about !== undefined && { about }) };
  }

  /** The imported symbol instead of the import; the declared option instead of the literal that sets it. */
  #meant(node: Identifier, symbol: CheckerSymbol): CheckerSymbol {
    if (symbol.flags & SymbolFlags.Alias) return this.#checker.getAliasedSymbol(symbol);
    const { parent } = node;
    if (!isKey(node) || !isObjectLiteralExpression(parent.parent)) return symbol;
    const expected = this.#checker.getContextualType(parent.parent);
    const given = expected && this.#checker.getNonNullableType(expected);
    return (given && this.#checker.getPropertyOfType(given, node.text)) ?? symbol;
  }

  #line(node: Identifier, symbol: CheckerSymbol, type: Type): string | undefined {
    const { flags } = symbol;
    if (flags & SymbolFlags.Class) return `class ${symbol.name}`;
    if (flags & SymbolFlags.Interface) return `interface ${symbol.name}`;
    if (flags & SymbolFlags.TypeAlias) return `type ${symbol.name}`;
    // A name covered by an index signature is only known to the snippet.
    const name = `${ownerOf(symbol)}${symbol.name.startsWith('__') ? node.text : symbol.name}`;
    const call = flags & (SymbolFlags.Function | SymbolFlags.Method) ? this.#call(node, type) : undefined;
    if (flags & SymbolFlags.Function) return call && `function ${name}${call}`;
    if (flags & SymbolFlags.Method) return `(method) ${name}${call ?? `: ${this.#format(type)}`}`;
    if (flags & SymbolFlags.Variable) return `${keywordOf(symbol)} ${symbol.name}: ${this.#format(type)}`;
    if (!(flags & (SymbolFlags.Property | SymbolFlags.Accessor))) return undefined;
    // For a key, show the declared type; for a use, the narrowed one.
    const held = (isKey(node) && this.#checker.getTypeOfSymbol(symbol)) || type;
    return `(property) ${name}${flags & SymbolFlags.Optional ? '?' : ''}: ${this.#format(held)}`;
  }

  /** Parameters and result: of the call that it is part of, otherwise of its first signature. */
  #call(node: Identifier, type: Type): string | undefined {
    const all = this.#signatures.get(type) ?? this.#checker.getSignaturesOfType(type, SignatureKind.Call);
    this.#signatures.set(type, all);
    const [first, ...others] = all;
    const isPlain = others.length === 0 && first?.typeParameters === undefined;
    const call = isPlain ? undefined : callOf(node);
    return this.#formatCall((call && this.#checker.getResolvedSignature(call)) ?? first);
  }

  #formatCall(signature: Signature | undefined): string | undefined {
    if (!signature) return undefined;
    const known = this.#calls.get(signature);
    if (known !== undefined) return known;
    const declaration = this.#checker.signatureToSignatureDeclaration(signature, SyntaxKind.CallSignature);
    const text = declaration && oneLine(this.#print(declaration)).replace(/;$/, '');
    if (text !== undefined) this.#calls.set(signature, text);
    return text;
  }

  #format(type: Type): string {
    const known = this.#types.get(type) ?? oneLine(this.#checker.typeToString(type));
    this.#types.set(type, known);
    return known;
  }

  #aboutOf(symbol: CheckerSymbol): string | undefined {
    if (this.#abouts.has(symbol)) return this.#abouts.get(symbol);
    const [declaration, ...others] = symbol.declarations;
    const isProperty = (symbol.flags & SymbolFlags.Property) !== 0;
    // Alternatives of a union document a shared property differently; a variable repeats the text of its source.
    const isOwn = declaration && !(symbol.flags & SymbolFlags.Variable) && !declaration.path.includes('/node_modules/');
    const isTold = isOwn && !(isProperty && others.length > 0);
    const about = isTold ? firstSentence(this.#checker.getDocumentationCommentOfSymbol(symbol)) : undefined;
    this.#abouts.set(symbol, about);
    return about;
  }
}

/** Whether it is a property name in an object literal. */
function isKey(node: Identifier): boolean {
  const { parent } = node;
  return (isPropertyAssignment(parent) || isShorthandPropertyAssignment(parent)) && parent.name === node;
}

/** The call in which the identifier is the function name. */
function callOf(node: Identifier): Node | undefined {
  const callee = isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
  const { parent } = callee;
  return (isCallExpression(parent) || isNewExpression(parent)) && parent.expression === callee ? parent : undefined;
}

/** Types whose members need no hover text. */
const AMBIENT_OWNERS = new Set(['Console', 'Process']);

/** Whether it is ambient, such as `process` and `console.log`. */
function isAmbient(node: Identifier, symbol: CheckerSymbol): boolean {
  const { flags, name } = symbol;
  if (name === 'undefined' || AMBIENT_OWNERS.has(symbol.getParent()?.name ?? '')) return true;
  const declared = symbol.valueDeclaration?.path;
  return (flags & SymbolFlags.Variable) !== 0 && declared !== node.getSourceFile().path;
}

/** `UserManagement.` for a member; empty if the owner has no name. */
function ownerOf(symbol: CheckerSymbol): string {
  const isMember = symbol.flags & (SymbolFlags.Property | SymbolFlags.Accessor | SymbolFlags.Method);
  const owner = isMember ? symbol.getParent()?.name : undefined;
  return owner === undefined || /^__|^\W/.test(owner) ? '' : `${owner}.`;
}

function keywordOf(symbol: CheckerSymbol): string {
  let declaration = symbol.valueDeclaration?.resolve();
  if (declaration?.kind === SyntaxKind.Parameter) return '(parameter)';
  while (declaration && isBindingElement(declaration)) declaration = declaration.parent.parent;
  if (declaration?.kind === SyntaxKind.Parameter) return '(parameter)';
  const list = declaration?.parent;
  if (list?.kind === SyntaxKind.CatchClause) return '(caught)';
  return /^\w+/.exec(list?.getText() ?? '')?.[0] ?? 'const';
}

function firstSentence(comment: string): string | undefined {
  const plain = comment.replaceAll(/\{@\w+ ([^}]*)\}/g, '$1').replaceAll('`', '');
  const [sentence = ''] = oneLine(plain.split(/\n\s*\n/)[0] ?? '').split(/(?<=\.) (?=[A-Z])/);
  return sentence === '' ? undefined : shorten(sentence, ABOUT_LENGTH_MAX);
}

/** Removes module names, which contain local file paths. */
function oneLine(text: string): string {
  const named = text.replaceAll(/(?:typeof )?import\("[^"]*"\)\.?/g, '');
  return named
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=\[) | (?=\])/g, '')
    .trim();
}

/** Shortens at the end of a part of the type, or of a word. */
function shorten(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const cut = text.slice(0, lengthMax - 2);
  const end = Math.max(cut.lastIndexOf(' '), lengthMax / 2);
  return `${cut.slice(0, end).replace(/[\s|&,;]+$/, '')} …`;
}
