/** The emulator's scenarios: a part of its own, for a reader who chooses one. */
export { issueScenario } from '../emulator/index.ts';
