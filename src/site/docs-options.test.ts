/** What the site says of itself on every page, in its commands and in the files that readers download. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPTIONS, siteProject } from './docs-options.ts';
import { APPLICATION_ADDRESS, downloadsOf, engineAddress, tarballAddress } from './downloads.ts';

const ROOT = join(import.meta.dirname, '../..');
const textOf = (file: string) => readFile(join(ROOT, file), 'utf8');
const versionOf = async (file: string) => (JSON.parse(await textOf(file)) as { version: string }).version;
const isPage = (path: string) => ['.mdx', '/index.mdx'].some((end) => existsSync(join(ROOT, `content${path}${end}`)));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'downloads-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('says what it is, that examples ran with an exception, and that it is independent', () => {
  expect([OPTIONS.title, OPTIONS.shortTitle]).toEqual(['AuthKit session helpers', 'AuthKit']);
  expect(OPTIONS.tagline).toBe('Authenticate, refresh and end AuthKit sessions, with examples that run.');
  expect(OPTIONS.footer).toEqual({
    text: 'Every example ran when this site was built, unless it says otherwise. Independent of WorkOS.',
    links: [{ title: 'Run one yourself', path: '/quickstart' }],
  });
});

it('warns of the cookies that the libraries cannot open, and leads to the guide that does it', async () => {
  for (const { note } of Object.values(OPTIONS.libraries!))
    expect(note).toEqual({
      text: 'This library cannot open a cookie that Node.js has sealed.',
      title: 'How to open one',
      path: '/guides/open-a-node-session',
    });
});

it('names the libraries with the major version that their commands install and that CI compares', async () => {
  const workflow = await textOf('.github/workflows/vendor-libraries.yml');
  const commands = Object.entries(OPTIONS.libraries!).map(([language, { name, install }]) => {
    const [, kind, packageName, major] = /^(gem|package) (\w+) (\d+)$/.exec(name) ?? [];
    return { language, kind, install, packageName, major };
  });
  expect(commands).toEqual([
    {
      language: 'ruby',
      kind: 'gem',
      install: "gem install workos --version '~> 5'",
      packageName: 'workos',
      major: '5',
    },
    { language: 'python', kind: 'package', install: "pip install 'workos~=5.0'", packageName: 'workos', major: '5' },
  ]);
  for (const { packageName, major } of commands)
    expect(workflow).toMatch(new RegExp(`install '?${packageName}(?: --version ')?(?:~>|~=) ?${major}\\.0'`));
});

it('names pages that exist', () => {
  const paths = [
    OPTIONS.errorsPage!,
    ...OPTIONS.footer!.links!.map(({ path }) => path),
    ...Object.values(OPTIONS.libraries!).map(({ note }) => note!.path),
  ];
  expect(paths.filter((path) => !isPage(path))).toEqual([]);
  expect(OPTIONS.errorsPage).toMatch(/\/errors$/);
});

it('names files of the project that exist', () => {
  const {
    package: { source },
    emulator,
    faces,
    scripts,
    sandboxes,
    scenarios,
  } = siteProject();
  const files = [
    emulator!,
    ...Object.values(faces!),
    ...Object.values(scripts),
    ...Object.values(sandboxes),
    scenarios!.record,
  ];
  expect([join(ROOT, source), ...files].filter((file) => !existsSync(file))).toEqual([]);
});

it('calls methods and parameters of other languages as their libraries do where a rule does not suffice', () => {
  const names = Object.entries(OPTIONS.spellings!).map(([language, { names, types, required }]) => ({
    language,
    names,
    types,
    required: required?.length,
  }));
  expect(names).toEqual([
    {
      language: 'ruby',
      names: { getLogOutUrl: 'get_logout_url', getAuthorizationUrl: 'authorization_url' },
      types: { CookiePassword: 'String' },
      required: 7,
    },
    {
      language: 'python',
      names: { getLogOutUrl: 'get_logout_url', 'loadSealedSession.sessionData': 'sealed_session' },
      types: { CookiePassword: 'str' },
      required: undefined,
    },
  ]);
});

it('installs the package from this site while npm does not have it', async () => {
  const version = await versionOf('package.json');
  expect(OPTIONS.package).toMatchObject({
    name: 'authkit-session-helpers',
    published: false,
    tarball: `/packages/authkit-session-helpers-${version}.tgz`,
  });
  expect(Object.keys(downloadsOf(ROOT))).toEqual([
    tarballAddress(ROOT),
    `/packages/verified-docs-${await versionOf('src/docs/package.json')}.tgz`,
    '/downloads/express-sign-in.tgz',
  ]);
  expect(engineAddress(ROOT)).toBe(Object.keys(downloadsOf(ROOT))[1]);
  expect(tarballAddress(ROOT)).toBe(OPTIONS.package.tarball);
});

it('gives readers the application of the guide as a folder that starts as its README says', async () => {
  const archive = join(folder, 'application.tgz');
  await downloadsOf(ROOT)[APPLICATION_ADDRESS]!(archive);
  await promisify(execFile)('tar', ['-xzf', 'application.tgz'], { cwd: folder });
  const app = join(folder, 'express-sign-in');
  expect((await readdir(app)).sort()).toEqual(['README.md', 'package.json', 'server.js']);
  const { scripts } = JSON.parse(await readFile(join(app, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(Object.values(scripts).join()).toContain('server.js');
  const [program, source] = [
    await readFile(join(app, 'server.js'), 'utf8'),
    await textOf('snippets/guide-sign-in-app.ts'),
  ];
  expect(program).not.toMatch(/^\s*\/\/ [@#]/m);
  const isMarker = (line: string) => /^\s*\/\/ [@#]/.test(line);
  expect(program.split('\n')).toEqual(source.split('\n').filter((line) => !isMarker(line)));
});
