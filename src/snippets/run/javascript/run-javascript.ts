/** Runs TypeScript programs: in one thread, or each in a process of its own where it or the caller asks for that. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { machineEnvironment } from '../native/machine-environment.ts';
import type { Outcome, Runner } from '../outcome.ts';
import { runInProcess } from '../native/process.ts';
import { createThread } from '../thread.ts';

export const runJavaScript: Runner = async (snippets, context) => {
  const { root, isolation, issueEnvironment, onOutcome } = context;
  const thread = createThread(join(import.meta.dirname, 'thread-program.ts'), context);
  try {
    let next = issueEnvironment();
    for (const [index, snippet] of snippets.entries()) {
      const issued = await next;
      // The next program's environment is made while this one runs.
      if (index + 1 < snippets.length) next = issueEnvironment();
      next.catch(() => undefined);
      const environment = { ...machineEnvironment(), ...issued };
      const file = join(root, snippet.path);
      const alone = isolation === 'process' || snippet.directives.standalone;
      const outcome: Outcome = alone
        ? await runInProcess(process.execPath, [file], { ...context, cwd: root, environment, ranOn: `Node ${process.versions.node}` })
        : await thread.run(pathToFileURL(file).href, environment);
      onOutcome(snippet, outcome, issued);
    }
  } finally {
    await thread.close();
  }
};
