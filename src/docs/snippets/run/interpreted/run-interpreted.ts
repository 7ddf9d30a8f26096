/** Runs snippets of an interpreted language in one thread, or in a thread each if they ask for it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fixedEnvironment } from '../native/machine-environment.ts';
import type { Runner } from '../outcome.ts';
import { type ThreadOptions, createThread } from '../thread.ts';

/** Creates a runner with the interpreter that the module `file` starts. */
export function runWithInterpreter(file: string): Runner {
  return async (snippets, context) => {
    const { project, isolation, issueEnvironment, onOutcome } = context;
    const { root, faces } = project;
    const options: ThreadOptions = { file, data: faces, limits: context, writes: 'memory' };
    const shared = createThread(options);
    try {
      let next = issueEnvironment();
      for (const [index, snippet] of snippets.entries()) {
        const environment = await next;
        // Prepare the next environment while this snippet runs.
        if (index + 1 < snippets.length) next = issueEnvironment();
        next.catch(() => undefined);
        const alone = isolation === 'process' || snippet.directives.standalone;
        const thread = alone ? createThread(options) : shared;
        const outcome = await thread.run(pathToFileURL(join(root, snippet.path)).href, {
          ...fixedEnvironment('machine'),
          ...environment,
        });
        if (alone) await thread.close();
        onOutcome(snippet, outcome, environment);
      }
    } finally {
      await shared.close();
    }
  };
}
