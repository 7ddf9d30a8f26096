/** The inspector: says what `authenticate()` does with a cookie, and why. It runs in Node.js and in browsers. */
export { CAUSE_CODES, type Cause, type CauseCode } from './causes.ts';
export { inspect, type InspectOptions, type KeySource } from './inspect.ts';
export type { Fact, Inspection, Outcome, Step, Verdict } from './inspection.ts';
export type { Secrets } from './words.ts';
