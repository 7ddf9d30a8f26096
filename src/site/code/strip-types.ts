/** A program as a reader typed it, in TypeScript → the same in JavaScript, each line where it was. */
import { transform as transformWith } from 'sucrase';

/** Throws a SyntaxError that says where. */
export function transform(source: string): string {
  return transformWith(source, { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: true }).code;
}
