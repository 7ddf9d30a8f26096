/** TypeScript snippets → the type of each visible identifier, in one line. */
import { join } from 'node:path';
import type { Identifier, Node } from 'typescript/unstable/ast';
import { isIdentifier } from 'typescript/unstable/ast/is';
import type { Project } from 'typescript/unstable/sync';
import { TypeFormatter } from './format-type.ts';
import type { Program } from './compiler.ts';

/** The type of one identifier of a snippet. */
export interface DescribedType {
  /** Position in `code`: line and column counted from 1, length in UTF-16 units. */
  line: number;
  column: number;
  length: number;
  /** One line of at most 160 characters, such as `const weather: Weather`. */
  type: string;
  /** First sentence of its documentation in the package. */
  about?: string;
}

/** Describes the identifiers of `programs`, by id. Types that only repeat the name are left out. */
export function describePrograms(
  programs: readonly Program[],
  root: string,
  project: Project,
): Record<string, DescribedType[]> {
  const formatter = new TypeFormatter(project);
  return Object.fromEntries(
    programs.map((program) => [program.id, describeProgram(program, root, project, formatter)]),
  );
}

function describeProgram(
  { path, codeLines }: Program,
  root: string,
  project: Project,
  formatter: TypeFormatter,
): DescribedType[] {
  const { program, checker } = project;
  const source = program.getSourceFile(join(root, path));
  if (!source) return [];
  const lineStarts = [0, ...[...source.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const shown = new Map(codeLines.map((line, index) => [line, index + 1]));
  const placeOf = ({ end, text }: Identifier) => {
    const start = end - text.length;
    const line = lineStarts.findLastIndex((each) => each <= start);
    return { line: shown.get(line + 1), column: start - (lineStarts[line] ?? 0) + 1, length: text.length };
  };
  const identifiers = identifiersOf(source).filter((node) => placeOf(node).line !== undefined);
  const symbols = checker.getSymbolAtLocation(identifiers);
  const types = checker.getTypeAtLocation(identifiers);
  return identifiers.flatMap((node, index) => {
    const { line, ...place } = placeOf(node);
    const described = line === undefined ? undefined : formatter.describe(node, symbols[index], types[index]);
    return line === undefined || !described ? [] : [{ line, ...place, ...described }];
  });
}

function identifiersOf(node: Node): Identifier[] {
  const found: Identifier[] = [];
  const visit = (each: Node): void => {
    if (isIdentifier(each)) found.push(each);
    else each.forEachChild(visit);
  };
  visit(node);
  return found;
}
