/** The exports of a package → everything in it that a reader can call. */
import {
  type Checker,
  SignatureKind,
  type Symbol as CheckerSymbol,
  SymbolFlags,
  type Type,
} from 'typescript/unstable/sync';

/** A function or a method that a reader can call. */
export interface Callable {
  /** `SealedSession.refresh`, or the name alone of a function. */
  name: string;
  /** Path of the file it is declared in. */
  file: string;
  line: number;
}

/** The functions, and the methods of classes and interfaces, but for those marked as deprecated or internal. */
export function callablesOf(symbols: readonly CheckerSymbol[], checker: Checker): Callable[] {
  return symbols
    .map((symbol) => resolveAlias(symbol, checker))
    .flatMap((symbol) => {
      if (symbol.flags & SymbolFlags.Function) return describe(symbol.name, symbol, checker);
      if (!(symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface))) return [];
      const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
      // What it inherits is not the package's.
      const own = members.filter((member) => member.getParent()?.name === symbol.name && isMethod(member, checker));
      return own.flatMap((member) => describe(`${symbol.name}.${member.name}`, member, checker));
    });
}

/** What an export stands for. */
export function resolveAlias(symbol: CheckerSymbol, checker: Checker): CheckerSymbol {
  return symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

export function signaturesOf(type: Type, checker: Checker) {
  return checker.getSignaturesOfType(type, SignatureKind.Call);
}

/** An option may be a function as well; it is given, and never called by a reader. */
function isMethod(member: CheckerSymbol, checker: Checker): boolean {
  if (member.flags & SymbolFlags.Optional || /^#|^__/.test(member.name)) return false;
  if (member.flags & SymbolFlags.Method) return true;
  const type = checker.getTypeOfSymbol(member);
  return type !== undefined && signaturesOf(type, checker).length > 0;
}

function describe(name: string, symbol: CheckerSymbol, checker: Checker): Callable[] {
  const declaration = symbol.declarations[0]?.resolve();
  const isLeftOut = checker
    .getJsDocTagsOfSymbol(symbol)
    .some((tag) => tag.name === 'deprecated' || tag.name === 'internal');
  if (!declaration || isLeftOut) return [];
  const { fileName, text } = declaration.getSourceFile();
  const start = declaration.end - declaration.getText().length;
  return [{ name, file: fileName, line: text.slice(0, start).split('\n').length }];
}
