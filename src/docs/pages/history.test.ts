import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCommit, readHistory } from './history.ts';

const run = promisify(execFile);
let folder: string;
let repository: string;

async function commit(file: string, day: string): Promise<void> {
  await writeFile(join(repository, file), day);
  const env = { ...process.env, GIT_COMMITTER_DATE: `${day}T12:00:00Z`, GIT_AUTHOR_DATE: '2020-01-01T12:00:00Z' };
  await run('git', ['add', '-A'], { cwd: repository });
  await run('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '-qm', file], {
    cwd: repository,
    env,
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
  repository = join(folder, 'repository');
  await mkdir(join(repository, 'content'), { recursive: true });
  await run('git', ['init', '-q'], { cwd: repository });
  await commit('content/a.mdx', '2026-01-01');
  await commit('content/größe.mdx', '2026-02-02');
  await commit('content/a.mdx', '2026-03-03');
  await writeFile(join(repository, 'content/new.mdx'), 'not in any commit');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('dates each file by the last commit that changed it', async () => {
  expect([...(await readHistory(repository, 'content'))].sort()).toEqual([
    ['content/a.mdx', '2026-03-03'],
    ['content/größe.mdx', '2026-02-02'],
  ]);
});

it('ignores the commit where a shallow clone ends', async () => {
  const clone = join(folder, 'clone');
  await run('git', ['clone', '-q', '--depth', '1', pathToFileURL(repository).href, clone]);
  expect([...(await readHistory(clone, 'content'))]).toEqual([]);
});

it('has no dates outside a repository', async () => {
  const bare = join(folder, 'bare');
  await mkdir(bare);
  expect([...(await readHistory(bare, 'content'))]).toEqual([]);
});

it('names the commit that is checked out, and says whether a file of it has changed since', async () => {
  const id = (await run('git', ['rev-parse', 'HEAD'], { cwd: repository })).stdout.trim();
  // A file that is in no commit is no change of one.
  expect(await readCommit(repository)).toEqual({ id, hasChanges: false });
  await writeFile(join(repository, 'content/a.mdx'), 'changed');
  expect(await readCommit(repository)).toEqual({ id, hasChanges: true });
  // Changes elsewhere in the repository are of other projects.
  await mkdir(join(repository, 'other'));
  expect(await readCommit(join(repository, 'other'))).toEqual({ id, hasChanges: false });
  expect(await readCommit(join(folder, 'bare'))).toBeUndefined();
});
