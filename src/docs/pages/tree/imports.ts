/** The `import` lines of a page → the names and the files that they bring. */
import type { Node, Place } from './syntax.ts';

export interface Import extends Place {
  /** As written, such as `./Own.astro`. */
  specifier: string;
  names: string[];
}

const IMPORT = /^import\s+(?:([^'"]+?)\s+from\s+)?['"]([^'"]+)['"]/gm;

export function importsOf({ children = [] }: Node): Import[] {
  return children
    .filter(({ type }) => type === 'mdxjsEsm')
    .flatMap(({ value = '', position }) =>
      [...value.matchAll(IMPORT)].map(({ index, 1: clause = '', 2: specifier = '' }) => ({
        specifier,
        names: namesOf(clause),
        line: (position?.start.line ?? 1) + value.slice(0, index).split('\n').length - 1,
        column: 1,
      })),
    );
}

/** `A, { b as C }` → `A`, `C`. */
function namesOf(clause: string): string[] {
  return clause
    .replaceAll(/[{}*]/g, ',')
    .split(',')
    .flatMap((part) => /([\w$]+)\s*$/.exec(part)?.[1] ?? []);
}
