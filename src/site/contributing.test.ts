/** What CONTRIBUTING.md says about adding a snippet works, step by step, in a copy of the project. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyProject } from './prove/copy-project.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUSY_MS = 480_000;

const PROGRAMS = {
  'walk.ts': "const text = `\n// Output:\n// @no-run\n`;\nconsole.log(text.length, '@throws');\n",
  'walk.rb': "puts '23 @throws'\n",
  'walk.py': "print(23, '@throws')\n",
};

let project: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'walk-'));
  await copyProject(ROOT, project, ['build']);
}, BUSY_MS);
afterAll(() => rm(project, { recursive: true, force: true }));

/** A script of package.json, as `npm run` starts it. */
async function npmRun(...args: string[]): Promise<string> {
  const { VITEST: _vitest, NODE_ENV: _environment, ...env } = process.env;
  const run = promisify(execFile)(process.execPath, ['src/docs/cli.ts', ...args], {
    cwd: project,
    env: env as NodeJS.ProcessEnv,
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return stdout;
}

const snippet = (id: string) => readFile(join(project, 'snippets', id), 'utf8');

it(
  'writes the outputs of three new programs before any page shows them, then checks the page that does',
  async () => {
    const programs = Object.entries(PROGRAMS);
    for (const [id, text] of programs) await writeFile(join(project, 'snippets', id), text);

    const updated = await npmRun('snippets', 'walk', '--update');
    expect(updated).toContain('updated snippets/walk.py\nupdated snippets/walk.rb\nupdated snippets/walk.ts\n');
    expect(updated).toMatch(/3 snippets: 3 ran, 3 findings \(3 warnings\)/);
    for (const [id, text] of programs) {
      const mark = id.endsWith('.ts') ? '//' : '#';
      expect(await snippet(id)).toBe(`${text}\n${mark} Output:\n${mark} 23 @throws\n`);
    }

    const page =
      '# Walk\n\nA page.\n\n<CodeBlock title="Walk" file="walk" />\n\n```sh run="echo"\necho walk\n```\n\n```text output\nwalk\n```\n';
    await writeFile(join(project, 'content/walk.mdx'), page);
    const navigation = join(project, 'content/navigation.yaml');
    const listed = (await readFile(navigation, 'utf8')).replace(/^(\s*)- \/quickstart$/m, '$&\n$1- /walk');
    await writeFile(navigation, listed);
    expect(listed).toContain('- /walk');
    expect(await npmRun('snippets', 'snippets/walk.ts')).toMatch(
      /^1 snippet: (?:1 ran|0 ran, 1 unchanged), 0 findings/,
    );
    expect(await npmRun('pages', './content/walk.mdx')).toMatch(/^0 findings in 1 page/);
  },
  BUSY_MS,
);
