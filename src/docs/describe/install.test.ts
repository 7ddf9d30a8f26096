import { expect, it } from 'vitest';
import { describeInstallation, installCommands, installNote } from './install.ts';

const TARBALL = { name: 'weather', source: 'index.ts', tarball: '/packages/weather-1.0.0.tgz' };
const libraries = { ruby: { name: 'gem weather 5', install: 'gem install weather' } };
const commandOf = (installation: ReturnType<typeof describeInstallation>) => installCommands(installation)[0]?.command;

it('installs a published package by its name, even if the site has its tarball', () => {
  const installation = describeInstallation({ package: TARBALL, libraries }, 'https://docs.example.com');
  expect(commandOf(installation)).toBe('npm install weather');
  expect(installation.packageUrl).toBe('https://www.npmjs.com/package/weather');
});

it('installs a package that is not published from the site', () => {
  const project = { package: { ...TARBALL, published: false }, libraries };
  const installation = describeInstallation(project, 'https://docs.example.com');
  expect(installation).toMatchObject({ here: false, packageUrl: '/packages/weather-1.0.0.tgz' });
  expect(installCommands(installation, ['express', 'pino']).map(({ command }) => command)).toEqual([
    'npm install https://docs.example.com/packages/weather-1.0.0.tgz express pino',
    'pnpm add https://docs.example.com/packages/weather-1.0.0.tgz express pino',
    'yarn add https://docs.example.com/packages/weather-1.0.0.tgz express pino',
    'bun add https://docs.example.com/packages/weather-1.0.0.tgz express pino',
  ]);
});

it('leaves the address to the page if the site does not know its own', () => {
  const project = { package: { ...TARBALL, published: false }, libraries };
  expect(describeInstallation(project, undefined).here).toBe(true);
  expect(describeInstallation({ package: TARBALL, libraries }, undefined).here).toBe(false);
});

it('names the library of the language that an example is in, and none for a shell', () => {
  const installation = describeInstallation({ package: TARBALL, libraries }, undefined);
  expect(installNote(installation, 'js', ['express'])?.command).toBe('npm install weather express');
  expect(installNote(installation, 'ruby')?.command).toBe('gem install weather');
  expect(installNote(installation, 'curl')).toBeUndefined();
});
