/** The reference held against the code: what other rooms may use of it. */
export type { Comparison } from './compare.ts';
export type { HeldFinding } from './difference.ts';
export { type HeldReference, type HoldOptions, holdReference } from './hold.ts';
export { formatComparisons } from './table.ts';
