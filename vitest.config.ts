import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // What took long is asked for with --reporter=verbose.
    slowTestThreshold: 10_000,
    reporters: ['default', './src/not-run.ts'],
    // A page's test waits for its browser most of the time.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'rooms',
          include: ['src/**/*.test.ts', '!src/site/e2e/**'],
          // Node runs the sources as they are, and files that change nothing outside themselves share their modules.
          experimental: { viteModuleRunner: false },
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'site',
          include: ['src/site/e2e/**/*.test.ts'],
          globalSetup: 'src/site/e2e/served-site.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
