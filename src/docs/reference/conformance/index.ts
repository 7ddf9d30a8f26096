/** Compares the reference with the code. */
export type { Comparison } from './compare.ts';
export type { DifferenceFinding } from './difference.ts';
export { type CheckedReference, type CheckReferenceOptions, checkReference } from './check-reference.ts';
export { formatComparisons } from './table.ts';
