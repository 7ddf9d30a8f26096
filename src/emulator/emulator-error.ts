/** Errors of the emulator itself. api-errors.ts has the errors that it answers requests with. */

/** The codes, which never change. */
export type EmulatorErrorCode =
  /** Another program uses the port. */
  | 'port_taken'
  /** The system refused the port for another reason, such as missing permissions. */
  | 'port_refused'
  /** Other machines could reach the address. */
  | 'not_loopback'
  /** An option has an invalid value. */
  | 'invalid_option';

/** Thrown by `createEmulator`, `startEmulator` and their methods. `code` never changes. */
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
