/** The last lines of a test run: the tests that this machine cannot run, what to install for them, and the counts. */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** How to install what the native Ruby and Python tests need, on Debian-based systems. */
export const NATIVE_INSTALL = 'on Debian: apt-get install ruby ruby-jwt python3-cryptography python3-jwt';

/** A Vitest reporter for these lines; use it with another reporter. */
export default class NotRunReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    // Skipped tests without a note were excluded by a filter.
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
