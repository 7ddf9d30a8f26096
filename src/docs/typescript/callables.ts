/** The exports of a package → its public functions and methods. */
import {
  type Checker,
  SignatureKind,
  type Symbol as CheckerSymbol,
  SymbolFlags,
  type Type,
} from 'typescript/unstable/sync';

/** A public function or method. */
export interface Callable {
  /** `Weather.forecast` for a method, or the name of a function. */
  name: string;
  /** Path of the declaring file. */
  file: string;
  line: number;
}

/** The functions, and the methods of classes and interfaces, except those marked as deprecated or internal. */
export function callablesOf(symbols: readonly CheckerSymbol[], checker: Checker): Callable[] {
  return symbols
    .map((symbol) => resolveAlias(symbol, checker))
    .flatMap((symbol) => {
      if (symbol.flags & SymbolFlags.Function) return describe(symbol.name, symbol, checker);
      if (!(symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface))) return [];
      const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
      // Inherited members do not belong to the package.
      const own = members.filter((member) => member.getParent()?.name === symbol.name && isMethod(member, checker));
      return own.flatMap((member) => describe(`${symbol.name}.${member.name}`, member, checker));
    });
}

/** The symbol behind an export. */
export function resolveAlias(symbol: CheckerSymbol, checker: Checker): CheckerSymbol {
  return symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

export function signaturesOf(type: Type, checker: Checker) {
  return checker.getSignaturesOfType(type, SignatureKind.Call);
}

/** Only methods count: an option may be a function too, but users pass it and do not call it. */
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
