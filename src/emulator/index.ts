/** An emulator of the AuthKit HTTP API. DIFFERENCES.md lists where it differs from the real API. */
import type { RunningEmulator, StartOptions } from './server.ts';

export { createEmulator } from './emulator.ts';
export type { Emulator, EmulatorOptions } from './emulator.ts';
export { EmulatorError } from './emulator-error.ts';
export type { EmulatorErrorCode } from './emulator-error.ts';
export type { IssuedEnvironment, IssueOptions } from './credentials/environment.ts';
export type { Fault, FaultKind, FaultRoute } from './faults.ts';
export { SCENARIOS, issueScenario } from './scenarios.ts';
export type { Scenario, ScenarioName } from './scenarios.ts';
export type { SessionName } from './seed.ts';
export type { RunningEmulator, StartOptions } from './server.ts';

/**
 * Starts an emulator on the loopback interface. Throws an EmulatorError: `port_taken`, `port_refused`, `not_loopback` for
 * an address that other machines can reach, or `invalid_option`.
 */
export async function startEmulator(options?: StartOptions): Promise<RunningEmulator> {
  // Loaded on the first call, because a browser that imports createEmulator must not load modules of Node.
  const server = await import('./server.ts');
  return server.startEmulator(options);
}
