/** The repository's history → the day each file was last changed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TIMEOUT_MS = 10_000;
const BYTES_MAX = 64 * 1024 * 1024;

/** One call for each root, however often the content is read anew while an author writes. */
const histories = new Map<string, Promise<ReadonlyMap<string, string>>>();

/** Days as `2026-11-25`, by path from `root`; empty where there is no git, no repository or no commit. */
export function readHistory(root: string): Promise<ReadonlyMap<string, string>> {
  let history = histories.get(root);
  if (!history) {
    history = askGit(root);
    histories.set(root, history);
  }
  return history;
}

async function askGit(root: string): Promise<ReadonlyMap<string, string>> {
  const args = [
    '-c',
    'core.quotePath=false',
    'log',
    '--format=%x00%cs %D',
    '--name-only',
    '--no-renames',
    '--relative',
    '--',
    'content',
    'CHANGELOG.md',
  ];
  try {
    const { stdout } = await promisify(execFile)('git', args, { cwd: root, timeout: TIMEOUT_MS, maxBuffer: BYTES_MAX });
    return readLog(stdout);
  } catch {
    // A copy of the project without its repository is as good; its pages bear no date.
    return new Map();
  }
}

/** The newest commit comes first. */
function readLog(log: string): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  for (const commit of log.split('\0').slice(1)) {
    const [head = '', ...files] = commit.split('\n');
    const day = head.slice(0, head.indexOf(' '));
    // Where a shallow clone ends, every file seems to be new.
    const cutOff = /\bgrafted\b/.test(head);
    for (const file of files) if (file !== '' && !cutOff && !days.has(file)) days.set(file, day);
  }
  return days;
}
