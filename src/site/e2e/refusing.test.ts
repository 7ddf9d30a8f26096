import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyProject } from '../prove/copy-project.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SECTION = 'content/reference/authkit/session-helpers';

let project: string;

/** A copy of the project to plant errors in. */
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'faulty-'));
  await copyProject(ROOT, project, ['build/snippet-runs.json']);
  await mkdir(join(project, 'dist'));
  await writeFile(join(project, 'dist/index.html'), 'the last good build');
});

afterEach(() => rm(project, { recursive: true, force: true }));

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const path = join(project, file);
  const before = await readFile(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(path, after);
}

/** Exit code and output of the copy's own build. */
async function build(): Promise<{ code: number; printed: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build'], {
      cwd: project,
    });
    return { code: 0, printed: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, printed: stdout + stderr };
  }
}

it('lists all findings of pages and snippets at once, and leaves dist/ unchanged', async () => {
  await edit(`${SECTION}/load-sealed-session.mdx`, (text) =>
    text.replace('file="session-helpers-load-sealed-session"', 'file="session-helpers-load-saeled-session"'),
  );
  await edit(`${SECTION}/authenticate.mdx`, (text) =>
    text.replace('referenceId="authenticate"', 'referenceId="autenticate"'),
  );
  await edit(`${SECTION}/refresh.mdx`, (text) => text.replace('(session.authenticated)', '(session.autenticated)'));
  await edit(`${SECTION}/get-logout-url.mdx`, (text) => text.replace('reference:\n', 'reference:\n  go: [\n'));
  await edit('content/quickstart.mdx', (text) => text.replace('(/guides/protect-routes)', '(/guides/protect-rotues)'));
  await edit('content/navigation.yaml', (text) => text.replace('      - /quickstart\n', '      - /quikstart\n'));
  await edit('snippets/quickstart.ts', (text) =>
    text.replace(/\n\/\/ Output:\n\/\/ .*/, '\n// Output:\n// something else'),
  );
  await edit('snippets/home.ts', (text) => text.replace(/\/\/ Output:[^]*$/, ''));
  await edit('snippets/session-helpers-authenticate.ts', (text) =>
    text.replace(/loadSealedSession/, 'loadSealdSession'),
  );
  await edit('snippets/session-helpers-get-logout-url.ts', (text) =>
    text.replace(/\n\n/, '\n\nawait new Promise(() => {});\n'),
  );
  const { code, printed } = await build();
  expect(code).toBe(1);
  for (const place of [
    `${SECTION}/load-sealed-session.mdx:10`,
    '(nearest "session-helpers-load-sealed-session")',
    `${SECTION}/authenticate.mdx:`,
    '(nearest "authenticate")',
    `${SECTION}/refresh.mdx:`,
    '(nearest "session.authenticated")',
    `${SECTION}/get-logout-url.mdx:`,
    'Cannot read the frontmatter',
    'content/quickstart.mdx:',
    '/guides/protect-routes"',
    'content/navigation.yaml:',
    'snippets/quickstart.ts:',
    'snippets/home.ts:',
    'snippets/session-helpers-authenticate.ts:',
    'snippets/session-helpers-get-logout-url.ts:',
  ]) {
    expect(printed).toContain(place);
  }
  expect(await readdir(join(project, 'dist'))).toEqual(['index.html']);
  expect(await readFile(join(project, 'dist/index.html'), 'utf8')).toBe('the last good build');
});
