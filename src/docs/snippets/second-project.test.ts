/** Another project with its own SDK, pages and emulator, in other folders: the commands work there too. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';

const PROJECT_ROOT = fileURLToPath(new URL('../../../', import.meta.url));

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'second-project-'));
  await cp(join(import.meta.dirname, 'testdata/second'), root, { recursive: true });
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'));
});
afterEach(() => rm(root, { recursive: true }));

async function edit(file: string, from: string, to: string): Promise<void> {
  await writeFile(join(root, file), (await readFile(join(root, file), 'utf8')).replace(from, to));
}

async function command(file: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, '--root', root, ...args], {
    cwd: PROJECT_ROOT,
  }).catch((error: { stdout: string }) => error);
  return stdout;
}

const snippets = () => command('src/docs/snippets/cli.ts');
const reference = () => command('src/docs/reference/conformance/cli.ts');

it('runs its snippets against its own emulator', async () => {
  expect(await snippets()).toMatch(/^1 snippet: 1 ran, 0 findings, /);
  await edit('emulator.ts', '[31, 30, 31]', '[31, 29, 31]');
  expect(await snippets()).toMatch(
    /^examples\/forecast\.ts:8 expected "Accra: 31, 30", got "Accra: 31, 29" \(printed at line 5\), shown at docs\/index\.mdx:30/,
  );
}, 120_000);

it('must have a snippet for every method', async () => {
  await edit(
    'sdk/index.ts',
    'export class Weather {',
    'export class Weather {\n  warnings(): string[] {\n    return [];\n  }\n',
  );
  expect(await snippets()).toContain('Cannot show that Weather.warnings does what its page says: no example calls it');
  await edit('sdk/index.ts', '  warnings()', '  /** @internal */\n  warnings()');
  expect(await snippets()).toMatch(/^1 snippet: 1 ran, 0 findings, /);
}, 120_000);

it('compares its reference with its own SDK', async () => {
  expect(await reference()).toMatch(/0 findings\n$/);
  await edit('sdk/index.ts', 'celsius: number[];', 'celsius: string[];');
  expect(await reference()).toMatch(/docs\/index\.mdx:25:\d+ .* does not match the code/);
  await edit(
    'sdk/index.ts',
    'export class Weather {',
    'export class Weather {\n  warnings(): string[] {\n    return [];\n  }\n',
  );
  expect(await reference()).toContain(
    'sdk/index.ts:12 Cannot find the reference of Weather.warnings: no entry documents it',
  );
}, 120_000);
