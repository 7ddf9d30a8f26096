/** The reference held against the code: what other rooms may use of it. */
export type { Comparison } from './compare.ts';
export type { DifferenceFinding } from './difference.ts';
export { type CheckedReference, type CheckReferenceOptions, checkReference } from './check-reference.ts';
export { formatComparisons } from './table.ts';
