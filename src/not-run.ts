/** The last lines of a test run: which tests did not run on this machine, what would bring them, and the count. */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** What the tests in a machine's own Ruby and Python need, on Debian and its kin. */
export const NATIVE_INSTALL = 'on Debian: apt-get install ruby ruby-jwt python3-cryptography python3-jwt';

/** Vitest's reporter for it; the other lines come from Vitest's own. */
export default class NotRunReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    // Tests that were left out by a filter are none that this machine cannot run.
    const notRun = tests.filter((test) => noteOf(test) !== undefined);
    for (const [note, of] of Map.groupBy(notRun, noteOf)) {
      console.log(`Not run: ${note}`);
      for (const test of of) console.log(`  ${test.module.relativeModuleId}: ${test.name}`);
    }
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    console.log(`${count('passed')} passed, ${count('failed')} failed, ${notRun.length} skipped`);
  }
}

function noteOf(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}
