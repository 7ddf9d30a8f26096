/** What can go wrong with running the emulator, as opposed to the answers it gives (see answers/api-errors.ts). */

/** The permanent codes. */
export type EmulatorErrorCode =
  /** Another program listens on the port that was asked for. */
  | 'port_taken'
  /** The system refused the port for another reason, such as missing rights. */
  | 'port_refused'
  /** The emulator was asked to listen where other machines could reach it. */
  | 'not_loopback'
  /** An option has a value that cannot be used. */
  | 'invalid_option';

/** Thrown by `createEmulator`, `startEmulator` and their methods; `code` never changes. */
export class EmulatorError extends Error {
  readonly code: EmulatorErrorCode;
  /** What to do, as one imperative sentence. */
  readonly remedy: string;

  constructor(code: EmulatorErrorCode, message: string, remedy: string, options?: ErrorOptions) {
    super(`${message}. ${remedy}`, options);
    this.name = 'EmulatorError';
    this.code = code;
    this.remedy = remedy;
  }
}
