/** A workflow of .github/ → findings for actions that are not pinned to a commit, and for missing permissions. */
import type { Finding } from '../docs/findings/index.ts';

/** Reads `uses:` lines as text, so that the version in the comment stays available. */
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
        message: `Cannot pin ${action}: its version is "${version}", must be a commit hash`,
        fix: 'Write the full commit hash, followed by the version in a comment.',
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
      message: 'Cannot limit the workflow: it must have "permissions: contents: read", and nothing else there',
      fix: 'Write "permissions:" with "contents: read" above "jobs:", and further permissions in the jobs that need them.',
    },
  ];
}
