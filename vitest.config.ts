import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** On a busy machine, a condition takes a while to come true. */
const PATIENT = { poll: { timeout: 15_000 } };

export default defineConfig({
  test: {
    // Use --reporter=verbose to list the slow tests.
    slowTestThreshold: 10_000,
    reporters: ['default', './src/not-run.ts'],
    projects: [
      {
        test: {
          name: 'rooms',
          expect: PATIENT,
          include: ['src/**/*.test.ts', '!src/site/e2e/**'],
          // First, while the site is being built.
          sequence: { groupOrder: 0 },
          maxWorkers: availableParallelism(),
          // Node runs the sources directly, and test files without side effects share their modules.
          experimental: { viteModuleRunner: false },
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'site',
          expect: PATIENT,
          include: ['src/site/e2e/**/*.test.ts'],
          globalSetup: 'src/site/e2e/served-site.ts',
          setupFiles: 'src/site/e2e/site-is-ready.ts',
          sequence: { groupOrder: 1 },
          // Browser tests wait half of the time.
          maxWorkers: availableParallelism() + 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
