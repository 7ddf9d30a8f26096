/**
 * The files of the site that are not pages: the package and the engine of the site as tarballs, and the application of the
 * guide *Sign in*.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DocsOptions } from '../docs/options/index.ts';
import { buildPackage } from './build-package.ts';

const run = promisify(execFile);
const PACKAGE = 'authkit-session-helpers';
/** The package that this site is made with. */
const ENGINE = 'verified-docs';

/** Name of the application, of its folder, and of its archive. */
const APPLICATION = 'express-sign-in';
/** The snippet that the guide shows → the file in the archive. */
const PROGRAM = { snippet: 'snippets/guide-sign-in-app.ts', file: 'server.js' };
/** Comments that are not part of the program, such as `// @needs express`. */
const MARKER_LINE = /^\s*\/\/ [@#].*\n/gm;

/** Address of the package's tarball. */
export function tarballAddress(root: string): string {
  return `/packages/${PACKAGE}-${versionIn(join(root, 'package.json'))}.tgz`;
}

/** Address of the engine's tarball. */
export function engineAddress(root: string): string {
  return `/packages/${ENGINE}-${versionIn(join(root, 'src/docs/package.json'))}.tgz`;
}

function versionIn(manifest: string): string {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

/** Address of the application. */
export const APPLICATION_ADDRESS = `/downloads/${APPLICATION}.tgz`;

/** All files, for the project in `root`. */
export function downloadsOf(root: string): NonNullable<DocsOptions['files']> {
  return {
    [tarballAddress(root)]: (file) => packPackage(root, file),
    [engineAddress(root)]: (file) => packEngine(root, file),
    [APPLICATION_ADDRESS]: (file) => packApplication(root, file),
  };
}

/** As `npm publish` would upload it. */
async function packPackage(root: string, file: string): Promise<void> {
  await buildPackage(root);
  await inTemporaryFolder(async (folder) => {
    // Windows starts npm only through a shell.
    const shell = process.platform === 'win32';
    await run('npm', ['pack', './build/sdk', '--pack-destination', folder], { cwd: root, shell });
    const [packed = ''] = await readdir(folder);
    await copyFile(join(folder, packed), file);
  });
}

/** In the form of `npm pack`, which puts all files into a folder of that name. */
async function packEngine(root: string, file: string): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await run(process.execPath, ['src/docs/pack.ts', join(folder, 'package')], { cwd: root });
    await run('tar', ['-czf', 'packed.tgz', 'package'], { cwd: folder });
    await copyFile(join(folder, 'packed.tgz'), file);
  });
}

async function packApplication(root: string, file: string): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await writeApplication(root, join(folder, APPLICATION));
    await run('tar', ['-czf', 'packed.tgz', APPLICATION], { cwd: folder });
    await copyFile(join(folder, 'packed.tgz'), file);
  });
}

/** Writes the application as readers unpack it. */
async function writeApplication(root: string, folder: string): Promise<void> {
  await cp(join(root, 'src/site', APPLICATION), folder, { recursive: true });
  const program = await readFile(join(root, PROGRAM.snippet), 'utf8');
  await writeFile(join(folder, PROGRAM.file), program.replaceAll(MARKER_LINE, ''));
}

async function inTemporaryFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'download-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
