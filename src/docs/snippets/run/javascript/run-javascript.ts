/** Runs TypeScript programs: in a few threads, or each in a process of its own where it or the caller asks for that. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { machineEnvironment } from '../native/machine-environment.ts';
import { runInProcess } from '../native/process.ts';
import type { Outcome, RunContext, Runner } from '../outcome.ts';
import { createThread } from '../thread.ts';

/** More threads than this wait for the one that answers them all as the API. */
const THREADS_MAX = 4;
/** Programs that take as long as a thread does to start. */
const PROGRAMS_PER_THREAD = 8;

export const runJavaScript: Runner = async (snippets, context) => {
  const {
    project: { root },
    isolation,
    issueEnvironment,
    onOutcome,
  } = context;
  const count = Math.min(availableParallelism(), THREADS_MAX, Math.ceil(snippets.length / PROGRAMS_PER_THREAD));
  // Whoever is free takes the next one.
  const waiting = snippets.values();
  const runWaiting = async () => {
    const thread = createThread(join(import.meta.dirname, 'thread-program.ts'), context);
    let upcoming = issueAhead(issueEnvironment);
    try {
      for (const snippet of waiting) {
        const issued = await upcoming;
        upcoming = issueAhead(issueEnvironment);
        const environment = { ...machineEnvironment(), ...issued };
        const file = join(root, snippet.path);
        const alone = isolation === 'process' || snippet.directives.standalone;
        const outcome: Outcome = alone
          ? await runInProcess(process.execPath, [file], {
              ...context,
              cwd: root,
              environment,
              ranOn: `Node ${process.versions.node}`,
            })
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
 * Issued while the program before it runs. That it cannot be issued is told to whoever awaits it, and to nobody where
 * no program is left.
 */
function issueAhead(issueEnvironment: RunContext['issueEnvironment']): ReturnType<RunContext['issueEnvironment']> {
  const issued = issueEnvironment();
  issued.catch(() => {});
  return issued;
}
