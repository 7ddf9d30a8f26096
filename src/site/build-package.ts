/**
 * src/sdk → build/sdk, the package that snippets import: one module and its declarations. Skipped if they are up to
 * date.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { type Finding, FindingsError, formatFindings, replaceFile } from '../docs/findings/index.ts';

const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

const SOURCE = 'src/sdk';
const BUILD = 'build/sdk';
/** Digests of the sources and of the build. */
const RECORD = 'build/sdk.json';
const BUILD_TIMEOUT_MS = 60_000;
/** External imports of the package. */
const EXTERNAL = ['#iron'];

interface Digests {
  source: string;
  build: string;
}

/**
 * Compiles the package below `root` unless it is up to date, and returns the digest of the build. Processes that read
 * the previous build never see partial files. Does nothing if there is no package to compile. Throws a `FindingsError`
 * with all compiler errors.
 */
export async function buildPackage(root: string): Promise<string> {
  const present = await digestBoth(root);
  if (present.source === EMPTY || isCurrent(present, await readRecord(root))) return present.build;
  await mkdir(join(root, 'build'), { recursive: true });
  const folder = await mkdtemp(join(root, 'build/sdk-'));
  try {
    await declare(root, folder);
    await bundle(root, folder);
    await publish(folder, join(root, BUILD));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const built = await digestBoth(root);
  await replaceFile(join(root, RECORD), `${JSON.stringify({ ...built, source: present.source })}\n`);
  return built.build;
}

const EMPTY = createHash('sha256').digest('hex');

async function digestBoth(root: string): Promise<Digests> {
  const [source, build] = await Promise.all([
    digestFiles(root, [`${SOURCE}/**/*.ts`, `${SOURCE}/tsconfig.json`], /\.test\.ts$|[\\/](?:testdata|bench)[\\/]/),
    digestFiles(root, [`${BUILD}/**/*`], /^$/),
  ]);
  return { source, build };
}

async function digestFiles(root: string, patterns: string[], except: RegExp): Promise<string> {
  const entries = await Array.fromAsync(glob(patterns, { cwd: root, withFileTypes: true }));
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.filter((path) => !except.test(path)).sort();
  const contents = await Promise.all(files.map((path) => readFile(path)));
  const digest = createHash('sha256');
  for (const [index, path] of files.entries())
    digest
      .update(path.slice(root.length))
      .update('\0')
      .update(contents[index] ?? '')
      .update('\0');
  return digest.digest('hex');
}

async function readRecord(root: string): Promise<Digests | undefined> {
  try {
    return JSON.parse(await readFile(join(root, RECORD), 'utf8')) as Digests;
  } catch {
    // Missing or incomplete: compile the package.
    return undefined;
  }
}

function isCurrent(present: Digests, recorded: Digests | undefined): boolean {
  return present.source === recorded?.source && present.build === recorded.build;
}

/** Bundles to one module: resolving and reading a module per file takes as long as running them. */
async function bundle(root: string, folder: string): Promise<void> {
  const { build } = await import('rolldown');
  await build({
    input: join(root, SOURCE, 'index.ts'),
    external: EXTERNAL,
    platform: 'neutral',
    logLevel: 'silent',
    // The declarations contain the documentation.
    output: { file: join(folder, 'index.js'), comments: { annotation: true, jsdoc: false, legal: true } },
  });
}

/** Checks the types, and writes the declarations. */
async function declare(root: string, folder: string): Promise<void> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', SOURCE, '--outDir', folder, '--pretty', 'false'];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: root, timeout: BUILD_TIMEOUT_MS });
  } catch (error) {
    const { stdout = '', message } = error as { stdout?: string; message: string };
    const findings = readErrors(stdout);
    if (findings.length === 0)
      throw new Error(`Cannot compile ${SOURCE}: ${stdout.trim() || message}`, { cause: error });
    throw new FindingsError(
      findings,
      `Cannot compile ${SOURCE}, which the snippets import:\n${formatFindings(findings)}`,
    );
  }
}

/** `src/sdk/seal.ts(12,3): error TS2322: Type …` → a finding. */
function readErrors(stdout: string): Finding[] {
  return [...stdout.matchAll(/^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/gm)].map(
    ([, file = '', line, column, code, message = '']) => ({
      code: 'sdk-type-error',
      file,
      line: Number(line),
      column: Number(column),
      message: `Cannot compile the package: ${message.replace(/\.$/, '')} (${code})`,
      fix: 'Correct it: snippets only run with a package that compiles.',
    }),
  );
}

/** Replaces each file atomically, then removes stale files. */
async function publish(folder: string, build: string): Promise<void> {
  const made = await filesBelow(folder);
  for (const file of made) {
    await mkdir(dirname(join(build, file)), { recursive: true });
    await rename(join(folder, file), join(build, file));
  }
  const gone = (await filesBelow(build)).filter((file) => !made.includes(file));
  await Promise.all(gone.map((file) => rm(join(build, file), { force: true })));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(glob('**/*', { cwd: folder, withFileTypes: true }));
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

if (import.meta.main) {
  try {
    await buildPackage(PROJECT_ROOT);
  } catch (error) {
    if (!(error instanceof FindingsError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
