/** The messages between the page of the inspector and its sandbox, and the examples that both know. */
import type { Inspection, Secrets } from '../../sdk/inspect/index.ts';

/** Titles of the examples, in their order on the page. */
export const EXAMPLES = {
  expired: 'Access token expired',
  'wrong-password': 'Wrong password',
  'quoted-password': 'Password copied with its quotes',
  cut: 'Cut at 4,096 bytes',
  'chunk-missing': 'A part is missing',
  'slow-clock': 'Clock is slow',
  refused: 'Refused by browsers',
  'access-token': 'An access token',
  python: 'Sealed by Python',
  valid: 'Nothing is wrong',
} as const;

export type ExampleName = keyof typeof EXAMPLES;

/** Sent by the page, each with a port for the reply. */
export type InspectorRequest =
  | {
      kind: 'inspect';
      text: string;
      /** Empty to use that of the emulator. */
      password: string;
      /** Empty for the default. */
      cookieName: string;
      /** A JSON Web Key Set; empty to use that of the emulator. */
      keys: string;
      secrets: Secrets;
    }
  | { kind: 'make-example'; name: ExampleName };

/** What is filled in for an example. */
export interface Example {
  text: string;
  password: string;
}

export type InspectorReply =
  | { kind: 'inspected'; inspection: Inspection }
  | ({ kind: 'example' } & Example)
  /** A setting is wrong. */
  | { kind: 'failed'; message: string };
