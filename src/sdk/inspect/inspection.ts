/** What an inspection says: a verdict, what is wrong and what to do, and each step. Plain data, so that it is also JSON. */
import type { ErrorCode } from '../errors.ts';
import type { Cause } from './causes.ts';

/** How a step ended. */
export type Outcome = 'passed' | 'failed' | 'warned' | 'skipped';

/** One thing that a step found. */
export interface Fact {
  label: string;
  value: string;
}

/** One step of `authenticate()`, in its order. */
export interface Step {
  step: 'input' | 'cookie' | 'seal' | 'password' | 'payload' | 'claims' | 'signature';
  outcome: Outcome;
  /** One sentence. */
  summary: string;
  facts: Fact[];
  /** Which cookie it belongs to, such as `wos-session (2 of 2)`, if there are several. */
  cookie?: string;
}

/** What `authenticate()` returns for these cookies. */
export interface Verdict {
  /** Undefined if it depends on something that was not given: a password, or the signing keys. */
  authenticated: boolean | undefined;
  /** The `reason` of the result, or the code of the error that `authenticate()` throws. */
  reason?: ErrorCode;
  /** What the reason means, or what is missing for a verdict. */
  meaning: string;
  /** The page that explains the reason. */
  page?: string;
}

/** The result of `inspect()`. */
export interface Inspection {
  verdict: Verdict;
  /** The most important first. Empty for a valid session. */
  causes: Cause[];
  steps: Step[];
}
