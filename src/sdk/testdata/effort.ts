/** How long the tests may try: briefly on every change, at length in the nightly run (`NIGHTLY=1 npm test`). */
export const nightly = Boolean(process.env['NIGHTLY']);

/** Runs of a property, where `runs` are enough to notice a fault and `nightlyRuns` to trust that there is none. */
export function runs(numRuns: number, nightlyRuns: number): { numRuns: number } {
  return { numRuns: nightly ? nightlyRuns : numRuns };
}
