import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOptions } from './check-options.ts';
import type { DocsOptions } from './project.ts';

const OPTIONS: DocsOptions = {
  title: 'Weather SDK',
  tagline: 'What the weather will be.',
  mark: { filled: 'M1 1h22v22z', lines: 'M8 8l4 4' },
  package: { source: 'index.ts' },
};

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'options-'));
  await writeFile(join(root, 'package.json'), '{ "name": "weather-sdk" }');
  await writeFile(join(root, 'index.ts'), '');
});
afterAll(() => rm(root, { recursive: true, force: true }));

it('fills in the defaults, and the paths from the root', () => {
  expect(readOptions({ ...OPTIONS, emulator: 'index.ts' }, root)).toMatchObject({
    root,
    shortTitle: 'Weather SDK',
    package: { name: 'weather-sdk', source: 'index.ts' },
    emulator: join(root, 'index.ts'),
    faces: undefined,
    components: {},
    footer: { text: '', links: [] },
    content: 'content',
    snippets: 'snippets',
  });
});

it('compiles the package once for callers at the same time, and again for later ones', async () => {
  let count = 0;
  const build = async () => String((count += 1));
  const project = readOptions({ ...OPTIONS, package: { ...OPTIONS.package, build } }, root);
  expect(await Promise.all([project.package.build?.(), project.package.build?.()])).toEqual(['1', '1']);
  expect(await project.package.build?.()).toBe('2');
});

describe('options that are wrong', () => {
  it.each<[object, string]>([
    [{ titel: 'x' }, 'there is no option "titel" (nearest "title")'],
    [{ package: { source: 'index.ts', cleint: 'X' } }, 'there is no option "package.cleint" (nearest "client")'],
    [{ tagline: '' }, '"tagline" is invalid'],
    [{ mark: { filled: 'M1' } }, '"mark.lines" is invalid: expected string, received undefined'],
    [{ emulator: 'emulator.ts' }, '"emulator" names emulator.ts, which does not exist'],
    [{ components: { Map: 'Map.astro' } }, '"components.Map" names Map.astro, which does not exist'],
    [{ components: { map: 'index.ts' } }, 'expected a name that begins with a capital'],
    [{ scripts: { tool: 'tool.ts' } }, '"scripts.tool" names tool.ts, which does not exist'],
    [{ scripts: { search: 'index.ts' } }, 'expected a name such as tool, other than those of the engine'],
    [{ sandboxes: { tool: 'tool.ts' } }, '"sandboxes.tool" names tool.ts, which does not exist'],
    [{ sandboxes: { sandbox: 'index.ts' } }, 'expected a name such as tool, other than sandbox'],
    [{ imageOrigins: ['https://img.example.com/a'] }, 'expected an origin such as https://img.example.com'],
    [{ snippets: 'a/b' }, '"snippets" is invalid: expected a folder of the root'],
    [{ footer: { links: [{ title: 'x', path: 'x' }] } }, '"footer.links.0.path" is invalid'],
    [{ files: { 'a.tgz': () => {} } }, 'expected an address of this site'],
    [{ package: { source: 'index.ts', published: false } }, 'expected "package.tarball" to name the file to install'],
    [{ package: { source: 'index.ts', tarball: '/a.tgz' } }, '"package.tarball" names /a.tgz, expected it in "files"'],
    [{ libraries: { ruby: { name: 'gem weather' } } }, '"libraries.ruby.install" is invalid'],
    [{ errorCatalogue: {} }, '"errorCatalogue" is invalid: expected a function'],
  ])('%j', (more, sentence) => {
    expect(() => readOptions({ ...OPTIONS, ...more }, root)).toThrow(sentence);
  });

  it('are all named at once, a line each', () => {
    const wrong = { ...OPTIONS, tagline: '', titel: 'x', content: '../docs' } as DocsOptions;
    expect(() => readOptions(wrong, root)).toThrow(/"tagline"[^]*\n[^]*"content"[^]*\n[^]*"titel"/);
  });
});
