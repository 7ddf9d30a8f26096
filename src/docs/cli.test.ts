/** The commands take files as editors and hooks name them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
const PAGE = 'content/reference/authkit/session-helpers/refresh.mdx';
const BUSY_MS = 240_000;

async function command(...args: string[]): Promise<{ code: number; printed: string }> {
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--env-file=astro.env', 'src/docs/cli.ts', ...args],
      {
        cwd: ROOT,
        env: { ...process.env, INIT_CWD: join(ROOT, 'content') },
      },
    );
    return { code: 0, printed: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, printed: stdout + stderr };
  }
}

it(
  'npm run pages checks these pages only',
  async () => {
    const names = [PAGE, './content/index.mdx', join(ROOT, 'content/quickstart.mdx'), 'guides/sign-in.mdx'];
    expect((await command('pages', ...names)).printed).toMatch(/^0 findings in 4 pages/);
  },
  BUSY_MS,
);

it.each([PAGE, `./${PAGE}`, join(ROOT, PAGE), PAGE.replace('content/', '')])(
  'npm run reference compares the entries of %s only',
  async (name) => {
    const { code, printed } = await command('reference', name);
    expect(printed.split('\n').filter((line) => line.includes('SealedSession.'))).toHaveLength(1);
    expect(printed).toContain('SealedSession.refresh');
    expect(code).toBe(0);
  },
  BUSY_MS,
);

it(
  'npm run reference names the nearest page',
  async () => {
    expect(await command('reference', PAGE.replace('refresh', 'refesh'))).toEqual({
      code: 2,
      printed: `Cannot compare ${PAGE.replace('refresh', 'refesh')}: no such page (nearest "${PAGE}")\n`,
    });
  },
  BUSY_MS,
);
