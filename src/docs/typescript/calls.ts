/** A project of snippets → which functions and methods of the package each one calls, and all that exist. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import type { Identifier, Node } from 'typescript/unstable/ast';
import { isCallExpression, isIdentifier, isPropertyAccessExpression } from 'typescript/unstable/ast/is';
import { type Checker, type Project, type Symbol as CheckerSymbol, SymbolFlags } from 'typescript/unstable/sync';
import type { Finding } from '../findings/index.ts';
import { type Callable, callablesOf, resolveAlias } from './callables.ts';

export interface Calls {
  callables: Callable[];
  /** Names of the called functions, by path of the snippet. */
  calledBy: Record<string, string[]>;
}

/** A virtual file that imports the whole package. */
export const DOOR = 'calls-of-the-package.ts';

export function describeDoor(importName: string): string {
  return `import * as package_ from '${importName}';\npackage_;\n`;
}

/** Finds the calls in the snippets at `paths`, and all public functions of the package. */
export function findCalls(
  paths: readonly string[],
  { root, source }: { root: string; source: string },
  project: Project,
): Calls {
  const callables = callablesBehind(project, join(root, DOOR), { root, source });
  const names = new Set(callables.map(({ name }) => name));
  const methods = new Set(callables.map(({ name }) => name.slice(name.indexOf('.') + 1)));
  const programs = paths.map((path) => ({ path, callees: calleesIn(join(root, path), methods, project) }));
  const nameOf = nameAll(
    programs.flatMap(({ callees }) => callees),
    project.checker,
  );
  const called = programs.map(({ path, callees }) => [
    path,
    [...new Set(callees.flatMap((callee) => nameOf.get(callee) ?? []))].filter((name) => names.has(name)),
  ]);
  return { callables, calledBy: Object.fromEntries(called) as Calls['calledBy'] };
}

/** A finding for every function of the package that no executed snippet calls. */
export function checkCalls({ callables, calledBy }: Calls, ran: readonly { path: string }[]): Finding[] {
  const called = new Set(ran.flatMap(({ path }) => calledBy[path] ?? []));
  return callables
    .filter(({ name }) => !called.has(name))
    .map(({ name, file, line }) => ({
      code: 'method-uncalled',
      severity: 'warning',
      file,
      line,
      message: `Cannot show that ${name} does what its page says: no example calls it`,
      fix: 'Write a snippet that calls it, or mark the declaration with @deprecated or @internal.',
    }));
}

function callablesBehind(
  { program, checker }: Project,
  door: string,
  { root, source }: { root: string; source: string },
): Callable[] {
  const [specifier] = program.getSourceFile(door)?.imports ?? [];
  const module = specifier && checker.getSymbolAtLocation(specifier);
  if (!module) return [];
  return callablesOf(checker.getExportsOfModule(module), checker).map(({ name, file, line }) => {
    const path = relative(root, file).replaceAll('\\', '/');
    return { name, ...(placeInSource(path, name, root, source) ?? { file: path, line }) };
  });
}

/** The source position of a declaration in the compiled package. */
function placeInSource(
  declared: string,
  name: string,
  root: string,
  source: string,
): { file: string; line: number } | undefined {
  const built = dirname(typesOf(root));
  if (!declared.startsWith(`${built}/`)) return undefined;
  const file = posix.join(dirname(source), declared.slice(built.length + 1).replace(/\.d\.ts$/, '.ts'));
  if (!existsSync(join(root, file))) return undefined;
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const [owner = '', member = owner] = name.split('.');
  const from = lines.findIndex((line) => new RegExp(`^export .*\\b${owner}\\b`).test(line));
  const line = lines.findIndex(
    (text, index) => index >= from && new RegExp(`^(?:export .*|\\s+(?:async )?)\\b${member}\\b[(<:]`).test(text),
  );
  return line < 0 ? undefined : { file, line: line + 1 };
}

/** The file of the declarations that readers of the package in `root` get, from there; empty where none are built. */
function typesOf(root: string): string {
  const { types = '', exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    types?: string;
    exports?: Record<string, { types?: string }>;
  };
  return posix.normalize(exports?.['.']?.types ?? types);
}

/** All called functions; of members only those named like one of `methods`, since queries are slow. */
function calleesIn(file: string, methods: ReadonlySet<string>, { program }: Project): Identifier[] {
  const source = program.getSourceFile(file);
  const callees: Identifier[] = [];
  const visit = (node: Node): void => {
    if (isCallExpression(node)) {
      const { expression } = node;
      const isMember = isPropertyAccessExpression(expression);
      const callee = isMember ? expression.name : expression;
      if (isIdentifier(callee) && (!isMember || methods.has(callee.text))) callees.push(callee);
    }
    node.forEachChild(visit);
  };
  if (source) visit(source);
  return callees;
}

/**
 * The called functions of each snippet, by name. Queries are batched, and each symbol is named once: every query goes
 * to another process.
 */
function nameAll(callees: readonly Identifier[], checker: Checker): Map<Identifier, string> {
  const symbols = checker.getSymbolAtLocation([...callees]);
  const names = new Map(
    [...new Set(symbols)].flatMap((symbol) => (symbol ? [[symbol, nameOf(symbol, checker)] as const] : [])),
  );
  return new Map(
    callees.flatMap((callee, index) => {
      const symbol = symbols[index];
      return symbol ? [[callee, names.get(symbol) ?? symbol.name] as const] : [];
    }),
  );
}

function nameOf(found: CheckerSymbol, checker: Checker): string {
  const symbol = resolveAlias(found, checker);
  const owner = symbol.flags & (SymbolFlags.Method | SymbolFlags.Property) ? symbol.getParent()?.name : undefined;
  return owner === undefined ? symbol.name : `${owner}.${symbol.name}`;
}
