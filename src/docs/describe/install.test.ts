import { expect, it } from 'vitest';
import { describeInstallation, installCommands, installNote } from './install.ts';

const TARBALL = { name: 'weather', source: 'index.ts', tarball: '/packages/weather-1.0.0.tgz' };
const SITE = { siteUrl: 'https://docs.example.com', repositoryUrl: undefined };
const NOWHERE = { siteUrl: undefined, repositoryUrl: undefined };
const libraries = { ruby: { name: 'gem weather 5', install: 'gem install weather' } };
const commandOf = (installation: ReturnType<typeof describeInstallation>) => installCommands(installation)[0]?.command;

it('installs a published package by its name, even if the site has its tarball', () => {
  const installation = describeInstallation({ package: TARBALL, libraries }, SITE);
  expect(commandOf(installation)).toBe('npm install weather');
  expect(installation.links).toEqual([{ title: 'npm', path: 'https://www.npmjs.com/package/weather' }]);
});

it('installs a package that is not published from the site', () => {
  const project = { package: { ...TARBALL, published: false }, libraries };
  const installation = describeInstallation(project, { ...SITE, repositoryUrl: 'https://git.example.com/weather' });
  expect(installation).toMatchObject({
    here: false,
    links: [
      { title: 'Package', path: '/packages/weather-1.0.0.tgz' },
      { title: 'Source', path: 'https://git.example.com/weather' },
    ],
  });
  expect(installCommands(installation, ['express', 'pino']).map(({ command }) => command)).toEqual([
    'npm install https://docs.example.com/packages/weather-1.0.0.tgz express pino',
    'pnpm add https://docs.example.com/packages/weather-1.0.0.tgz express pino',
    'yarn add https://docs.example.com/packages/weather-1.0.0.tgz express pino',
    'bun add https://docs.example.com/packages/weather-1.0.0.tgz express pino',
  ]);
});

it('leaves the address to the page if the site does not know its own', () => {
  const project = { package: { ...TARBALL, published: false }, libraries };
  expect(describeInstallation(project, NOWHERE).here).toBe(true);
  expect(describeInstallation({ package: TARBALL, libraries }, NOWHERE).here).toBe(false);
});

it('names the library of the language that an example is in, and none for a shell', () => {
  const installation = describeInstallation({ package: TARBALL, libraries }, NOWHERE);
  expect(installNote(installation, 'js', ['express'])?.command).toBe('npm install weather express');
  expect(installNote(installation, 'ruby')?.command).toBe('gem install weather');
  expect(installNote(installation, 'curl')).toBeUndefined();
});
