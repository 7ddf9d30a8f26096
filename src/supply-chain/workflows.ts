/** A workflow of .github/ → a finding for each action that may change under its name, and for rights not narrowed. */
import type { Finding } from '../docs/findings/index.ts';

/** Reads `uses:` lines as text, so that commented versions stay beside the hash they stand for. */
export function checkWorkflow(text: string, file: string): Finding[] {
  const lines = text.split('\n');
  const unpinned = lines.flatMap((line, index): Finding[] => {
    const [, action, version] = /^\s*(?:- )?uses:\s*([^@\s]+)@(\S+)/.exec(line) ?? [];
    if (action === undefined || action.startsWith('./') || /^[0-9a-f]{40}$/.test(version ?? '')) return [];
    return [
      {
        code: 'action-unpinned',
        file,
        line: index + 1,
        message: `Cannot tell what ${action} will be: found "${version}", the hash of a commit is wanted`,
        fix: 'Name the full hash of the commit, with the version as a comment behind it.',
      },
    ];
  });
  if (/^permissions:\n {2}contents: read\n(?! )/m.test(text)) return unpinned;
  return [
    ...unpinned,
    {
      code: 'permissions-wide',
      file,
      line: 1,
      message: 'Cannot tell what the workflow may do: found no "permissions" of "contents: read" alone, that is wanted',
      fix: 'Write "permissions:" with "contents: read" above "jobs:", and what a job needs beyond at that job.',
    },
  ];
}
