/** The git history → the date of the last change of each file. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TIMEOUT_MS = 10_000;
const BYTES_MAX = 64 * 1024 * 1024;

/** Cached per root: git is called once, however often the content is reread in development. */
const histories = new Map<string, Promise<ReadonlyMap<string, string>>>();

/** Dates such as `2026-11-25`, by path relative to `root`; empty without git, a repository or commits. */
export function readHistory(root: string, content: string): Promise<ReadonlyMap<string, string>> {
  let history = histories.get(root);
  if (!history) {
    history = askGit(root, content);
    histories.set(root, history);
  }
  return history;
}

async function askGit(root: string, content: string): Promise<ReadonlyMap<string, string>> {
  const args = [
    '-c',
    'core.quotePath=false',
    'log',
    '--format=%x00%cs %D',
    '--name-only',
    '--no-renames',
    '--relative',
    '--',
    content,
    'CHANGELOG.md',
  ];
  try {
    const { stdout } = await promisify(execFile)('git', args, { cwd: root, timeout: TIMEOUT_MS, maxBuffer: BYTES_MAX });
    return readLog(stdout);
  } catch {
    // A copy without the repository works as well; its pages have no dates.
    return new Map();
  }
}

/** Parses the log, in which the newest commit comes first. */
function readLog(log: string): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  for (const commit of log.split('\0').slice(1)) {
    const [head = '', ...files] = commit.split('\n');
    const day = head.slice(0, head.indexOf(' '));
    // The last commit of a shallow clone seems to add every file.
    const cutOff = /\bgrafted\b/.test(head);
    for (const file of files) if (file !== '' && !cutOff && !days.has(file)) days.set(file, day);
  }
  return days;
}

/** The state of the project in git. */
export interface Commit {
  /** Its full name. */
  id: string;
  /** Whether files have changed since. */
  hasChanges: boolean;
}

/** The commit that is checked out in `root`; undefined without git, a repository or commits. */
export async function readCommit(root: string): Promise<Commit | undefined> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: root, timeout: TIMEOUT_MS, maxBuffer: BYTES_MAX })).stdout.trim();
  try {
    const [id, changes] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=no', '--', '.'),
    ]);
    return { id, hasChanges: changes !== '' };
  } catch {
    return undefined;
  }
}
