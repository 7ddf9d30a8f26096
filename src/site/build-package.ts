/**
 * src/sdk → build/sdk, the package that programs import and that is published: one module with its declarations, for
 * `import` and for `require()`; only where they are not current.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, glob, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { type Finding, FindingsError, formatFindings, replaceFile } from '../docs/findings/index.ts';

const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

const SOURCE = 'src/sdk';
/** Simulates the API in tests. If the project has it, it is part of the package. */
const EMULATOR = 'src/emulator';
/** The commands of the package, if the project has any. */
const COMMANDS = 'src/commands';
const BUILD = 'build/sdk';
/** Digests of the sources and of the build. */
const RECORD = 'build/sdk.json';
const BUILD_TIMEOUT_MS = 60_000;
/** What the package takes from elsewhere. */
const EXTERNAL = ['#iron'];
/** What of the project's package.json holds for the package. Its scripts and development dependencies do not. */
const PACKED_FIELDS = [
  'name',
  'version',
  'description',
  'keywords',
  'license',
  'author',
  'homepage',
  'repository',
  'bugs',
  'engines',
  'imports',
  'dependencies',
];
const ENTRY_POINTS = { type: 'module', sideEffects: false, main: './index.cjs', types: './index.d.cts' };
/** Files of the project's root that belong to the package, if they exist. */
const TEXTS = ['README.md', 'LICENSE'];

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
  if (!existsSync(join(root, SOURCE, 'index.ts')) || isCurrent(present, await readRecord(root))) return present.build;
  await mkdir(join(root, 'build'), { recursive: true });
  const folder = await mkdtemp(join(root, 'build/sdk-'));
  try {
    const declarations = join(folder, 'declarations');
    await declare(root, SOURCE, join(declarations, 'index'));
    await bundle(root, folder, declarations);
    if (hasEmulator(root)) {
      await declare(root, EMULATOR, join(declarations, 'emulator'));
      await bundleEmulator(root, folder, declarations);
    }
    await rm(declarations, { recursive: true });
    await describePackage(root, folder);
    await publish(folder, join(root, BUILD));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const built = await digestBoth(root);
  await replaceFile(join(root, RECORD), `${JSON.stringify({ ...built, source: present.source })}\n`);
  return built.build;
}

async function digestBoth(root: string): Promise<Digests> {
  const [source, build] = await Promise.all([
    digestFiles(
      root,
      [
        ...[SOURCE, EMULATOR, COMMANDS].flatMap((room) => [`${room}/**/*.ts`, `${room}/tsconfig.json`]),
        'package.json',
        ...TEXTS,
      ],
      /\.test\.ts$|[\\/](?:testdata|bench)[\\/]/,
    ),
    // No program is run again for a word in the README.
    digestFiles(root, [`${BUILD}/**/*`], /(?:README\.md|LICENSE|package\.json)$/),
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

/** The declarations contain the documentation. */
const COMMENTS = { annotation: true, jsdoc: false, legal: true };
/** Declarations that the compiler has written → one file. */
const DECLARATIONS = { dtsOnly: true, oxc: true, tsconfig: false } as const;
const SILENT = { logLevel: 'silent' } as const;

/** One module: finding and reading one for each file takes as long again as all that is in them. */
async function bundle(root: string, folder: string, declarations: string): Promise<void> {
  const { build } = await import('rolldown');
  const code = { input: join(root, SOURCE, 'index.ts'), external: EXTERNAL, platform: 'neutral', ...SILENT } as const;
  const made = await Promise.allSettled([
    build({ ...code, output: { file: join(folder, 'index.js'), comments: COMMENTS } }),
    build({ ...code, output: { file: join(folder, 'index.cjs'), format: 'cjs', comments: COMMENTS } }),
    bundleDeclarations('index', folder, declarations),
  ]);
  // Only after all have ended is the folder free to be removed.
  for (const each of made) if (each.status === 'rejected') throw each.reason;
}

/** The emulator and the commands with all that they need: one copy, which `import` takes from `require()`. */
async function bundleEmulator(root: string, folder: string, declarations: string): Promise<void> {
  const { build } = await import('rolldown');
  const [{ output }] = await Promise.all([
    build({
      input: {
        emulator: join(root, EMULATOR, 'index.ts'),
        ...(hasCommands(root) && { bin: join(root, COMMANDS, 'bin.ts') }),
      },
      external: EXTERNAL,
      platform: 'node',
      ...SILENT,
      output: {
        dir: folder,
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: 'part-[name].cjs',
        comments: COMMENTS,
      },
    }),
    bundleDeclarations('emulator', folder, declarations),
  ]);
  // npx starts it in a checkout as well.
  if (hasCommands(root)) await chmod(join(folder, 'bin.cjs'), 0o755);
  const chunks = output.filter((chunk) => chunk.type === 'chunk');
  const names = chunks.find(({ fileName }) => fileName === 'emulator.cjs')?.exports ?? [];
  await writeFile(join(folder, 'emulator.js'), `export { ${names.join(', ')} } from './emulator.cjs';\n`);
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  await copyLicences(modules, join(folder, 'THIRD-PARTY-LICENSES'));
}

/** The declarations of a door as one file, which is the same whichever way the package is loaded. */
async function bundleDeclarations(name: string, folder: string, declarations: string): Promise<void> {
  const [{ build }, { dts }] = await Promise.all([import('rolldown'), import('rolldown-plugin-dts')]);
  const input = { [`${name}.d`]: join(declarations, name, 'index.d.ts') };
  await build({ input, plugins: [dts(DECLARATIONS)], ...SILENT, output: { dir: folder } });
  await rename(join(folder, `${name}.d.ts`), join(folder, `${name}.d.cts`));
  await writeFile(join(folder, `${name}.d.ts`), `export * from './${name}.cjs';\n`);
}

function hasEmulator(root: string): boolean {
  return existsSync(join(root, EMULATOR, 'index.ts')) && existsSync(join(root, EMULATOR, 'tsconfig.json'));
}

function hasCommands(root: string): boolean {
  return existsSync(join(root, COMMANDS, 'bin.ts'));
}

/** The licences of the packages whose modules were bundled, as they ask for. */
async function copyLicences(modules: string[], file: string): Promise<void> {
  const packages = new Set(modules.map((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0]));
  const texts = [...packages]
    .filter((found) => found !== undefined)
    .map(async (path) => {
      const { name, version } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as Record<
        string,
        string
      >;
      const licence = await Array.fromAsync(glob('LICEN[CS]E*', { cwd: path }));
      return `${name} ${version}\n\n${licence[0] ? await readFile(join(path, licence[0]), 'utf8') : 'No licence file.'}`;
    });
  await writeFile(file, `${(await Promise.all(texts)).sort().join('\n\n---\n\n')}\n`);
}

/** What programs import under a name of the package. */
function describeEntry(name: string): object {
  return {
    import: { types: `./${name}.d.ts`, default: `./${name}.js` },
    require: { types: `./${name}.d.cts`, default: `./${name}.cjs` },
  };
}

/** Writes the package's own package.json, and copies its texts. */
async function describePackage(root: string, folder: string): Promise<void> {
  const project = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const fields = PACKED_FIELDS.filter((field) => field in project).map((field) => [field, project[field]]);
  const emulator = hasEmulator(root);
  const manifest = {
    ...Object.fromEntries(fields),
    ...ENTRY_POINTS,
    exports: {
      '.': describeEntry('index'),
      ...(emulator && { './emulator': describeEntry('emulator') }),
      './package.json': './package.json',
    },
    ...(hasCommands(root) && { bin: { [String(project['name'])]: './bin.cjs' } }),
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const text of TEXTS) await copyFile(join(root, text), join(folder, text)).catch(ignoreMissing);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Checks the types, and writes the declarations. */
async function declare(root: string, room: string, folder: string): Promise<void> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', room, '--outDir', folder, '--pretty', 'false'];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: root, timeout: BUILD_TIMEOUT_MS });
  } catch (error) {
    const { stdout = '', message } = error as { stdout?: string; message: string };
    const findings = readErrors(stdout);
    if (findings.length === 0) throw new Error(`Cannot compile ${room}: ${stdout.trim() || message}`, { cause: error });
    throw new FindingsError(
      findings,
      `Cannot compile ${room}, which the programs import:\n${formatFindings(findings)}`,
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
