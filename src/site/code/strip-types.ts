/** A program as a reader typed it, in TypeScript → the same in JavaScript, each line where it was. */
import { transform as transformWith } from 'sucrase';

/** What it would leave out without a word. */
const NAMESPACE = /^[ \t]*(?:export\s+)?(?:namespace|module)\s+([\w$.]+)\s*\{/m;

/** Throws a SyntaxError that says where, with the line in `loc`. */
export function transform(source: string): string {
  const namespace = NAMESPACE.exec(source);
  if (namespace) {
    const line = source.slice(0, namespace.index).split('\n').length;
    throw Object.assign(new SyntaxError(`Cannot run namespace "${namespace[1]}": nothing would be left of it, an object is wanted`), { loc: { line } });
  }
  return transformWith(source, { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: true }).code;
}
