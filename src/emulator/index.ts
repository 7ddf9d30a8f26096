/** An imitation of the AuthKit HTTP API: what differs from the real one is written down in DIFFERENCES.md. */
export { createEmulator } from './emulator.ts';
export type { Emulator, EmulatorOptions } from './emulator.ts';
export { EmulatorError } from './emulator-error.ts';
export type { EmulatorErrorCode } from './emulator-error.ts';
export type { IssuedEnvironment, IssueOptions } from './environment.ts';
export type { Fault, FaultKind, FaultRoute } from './faults.ts';
export type { SessionName } from './seed.ts';
export { startEmulator } from './server.ts';
export type { RunningEmulator, StartOptions } from './server.ts';
