/** Runs TypeScript snippets in a few threads, or in separate processes if the snippet or the caller asks for it. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { machineEnvironment } from '../native/machine-environment.ts';
import { runInProcess } from '../native/process.ts';
import type { Outcome, RunContext, Runner } from '../outcome.ts';
import { folderEnvironment, inOwnFolder, writesOnlyTo } from '../own-folder.ts';
import { createThread } from '../thread.ts';

/** More threads would only wait for the emulator, which runs in one thread. */
const THREADS_MAX = 4;
/** How many snippets run in the time that a thread takes to start. */
const PROGRAMS_PER_THREAD = 8;

export const runJavaScript: Runner = async (snippets, context) => {
  const {
    project: { root },
    isolation,
    issueEnvironment,
    onOutcome,
  } = context;
  const count = Math.min(availableParallelism(), THREADS_MAX, Math.ceil(snippets.length / PROGRAMS_PER_THREAD));
  // The next free thread takes the next snippet.
  const waiting = snippets.values();
  const runWaiting = async () => {
    const thread = createThread({
      file: join(import.meta.dirname, 'thread-program.ts'),
      limits: context,
      writes: 'disk',
    });
    let upcoming = issueAhead(issueEnvironment);
    try {
      for (const snippet of waiting) {
        const issued = await upcoming;
        upcoming = issueAhead(issueEnvironment);
        const environment = { ...machineEnvironment('node'), ...issued };
        const file = join(root, snippet.path);
        const alone = isolation === 'process' || snippet.directives.standalone;
        const outcome: Outcome = alone
          ? await inOwnFolder((cwd) =>
              runInProcess(process.execPath, [...writesOnlyTo(cwd), file], {
                ...context,
                cwd,
                environment: { ...environment, ...folderEnvironment(cwd) },
                ranOn: `Node ${process.versions.node}`,
              }),
            )
          : await thread.run(pathToFileURL(file).href, environment);
        onOutcome(snippet, outcome, issued);
      }
    } finally {
      await thread.close();
    }
  };
  await Promise.all(Array.from({ length: count }, runWaiting));
};

/**
 * Issues an environment while the previous snippet runs. A failure is reported when it is awaited, and ignored if no
 * snippet is left.
 */
function issueAhead(issueEnvironment: RunContext['issueEnvironment']): ReturnType<RunContext['issueEnvironment']> {
  const issued = issueEnvironment();
  issued.catch(() => {});
  return issued;
}
