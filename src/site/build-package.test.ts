import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FindingsError } from '../docs/findings/index.ts';
import { buildPackage } from './build-package.ts';

const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

let root: string;

/** A project with a package of two small modules. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sdk-'));
  await mkdir(join(root, 'src/sdk/testdata'), { recursive: true });
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'));
  await writeFile(join(root, 'package.json'), '{ "name": "fixture-package", "type": "module" }');
  for (const file of ['tsconfig.json', 'src/sdk/tsconfig.json']) await cp(join(PROJECT_ROOT, file), join(root, file));
  await writeFile(join(root, 'src/sdk/index.ts'), "export { one } from './one.ts';\n");
  await writeFile(join(root, 'src/sdk/one.ts'), 'export const one: number = 1;\n');
});
afterEach(() => rm(root, { recursive: true }));

const built = (file: string) => readFile(join(root, 'build/sdk', file), 'utf8');

/** Of a package that has neither README nor licence. */
const FILES = ['index.cjs', 'index.d.cts', 'index.d.ts', 'index.js', 'package.json'];

it('makes one module and its declarations of the package, for import and for require()', async () => {
  await buildPackage(root);
  expect(await built('index.js')).toContain('one = 1');
  expect(await built('index.cjs')).toContain('exports.one');
  expect(await built('index.d.cts')).toContain('one: number');
  expect(await built('index.d.ts')).toBe("export * from './index.cjs';\n");
  expect((await readdir(join(root, 'build/sdk'))).sort()).toEqual(FILES);
  expect((await readdir(join(root, 'build'))).sort()).toEqual(['sdk', 'sdk.json']);
});

it('gives the package what of the project holds for it, and none of its scripts', async () => {
  const project = {
    name: 'fixture-package',
    version: '1.2.3',
    type: 'module',
    scripts: { prepare: 'x' },
    devDependencies: { a: '1' },
  };
  await writeFile(join(root, 'package.json'), JSON.stringify({ ...project, dependencies: { b: '2' } }));
  await writeFile(join(root, 'README.md'), '# Fixture');
  await buildPackage(root);
  const manifest = JSON.parse(await built('package.json')) as object;
  expect(manifest).toMatchObject({ name: 'fixture-package', version: '1.2.3', dependencies: { b: '2' } });
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts']));
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['devDependencies']));
  expect(await built('README.md')).toBe('# Fixture');
});

it('leaves a package alone that is current, whatever changes beside it', async () => {
  const digest = await buildPackage(root);
  const { ino } = await stat(join(root, 'build/sdk/index.js'));
  await writeFile(join(root, 'src/sdk/one.test.ts'), 'not compiled');
  await writeFile(join(root, 'src/sdk/testdata/one.ts'), 'not compiled');
  expect(await buildPackage(root)).toBe(digest);
  expect((await stat(join(root, 'build/sdk/index.js'))).ino).toBe(ino);
});

it('rebuilds a package whose source has changed, and removes stale files', async () => {
  const digest = await buildPackage(root);
  await rm(join(root, 'src/sdk/one.ts'));
  await writeFile(join(root, 'src/sdk/index.ts'), 'export const two = 2;\n');
  expect(await buildPackage(root)).not.toBe(digest);
  expect((await readdir(join(root, 'build/sdk'))).sort()).toEqual(FILES);
});

it('rebuilds a package whose build was changed', async () => {
  await buildPackage(root);
  await writeFile(join(root, 'build/sdk/index.js'), 'export const one = 3;\n');
  await buildPackage(root);
  expect(await built('index.js')).toContain('one = 1');
});

it('reports compiler errors with their position, and keeps the previous build', async () => {
  await buildPackage(root);
  await writeFile(join(root, 'src/sdk/one.ts'), "\nexport const one: number = '1';\n");
  const error = await buildPackage(root).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FindingsError);
  expect((error as FindingsError).findings).toMatchObject([
    { code: 'sdk-type-error', file: 'src/sdk/one.ts', line: 2, column: 14 },
  ]);
  expect((error as FindingsError).message).toMatch(
    /^Cannot compile src\/sdk, which the programs import:\nsrc\/sdk\/one\.ts:2:14 /,
  );
  expect(await built('index.js')).toContain('one = 1');
  expect((await readdir(join(root, 'build'))).sort()).toEqual(['sdk', 'sdk.json']);
});

it('does nothing if there is no package to compile', async () => {
  await rm(join(root, 'src'), { recursive: true });
  await buildPackage(root);
  expect(await readdir(root)).not.toContain('build');
});

it('compiles correctly, and only once, for two concurrent calls', async () => {
  const [first, second] = await Promise.all([buildPackage(root), buildPackage(root)]);
  expect(first).toBe(second);
  expect(await built('index.js')).toContain('one = 1');
  expect((await readdir(join(root, 'build'))).sort()).toEqual(['sdk', 'sdk.json']);
});
