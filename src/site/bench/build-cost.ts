/** Measures the build of a project: time of a cold build, and size of the result. */
import { spawn } from 'node:child_process';
import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

export interface BuildCost {
  seconds: number;
  /** Bytes of all files built. */
  bytes: number;
  /** Size of the seed page, uncompressed and with brotli at level 11. */
  seedBytes: number;
  seedBytesBrotli: number;
}

const SEED = 'reference/authkit/session-helpers/load-sealed-session/index.html';

/** Runs the Node program `build` in `folder`, which has not been built before, and measures its `dist/`. */
export async function measureBuild(folder: string, build: readonly string[]): Promise<BuildCost> {
  const start = performance.now();
  await runNode(folder, build);
  const seconds = (performance.now() - start) / 1000;
  const dist = join(folder, 'dist');
  const files = await Array.fromAsync(glob('**/*', { cwd: dist }));
  const stats = await Promise.all(files.map((file) => stat(join(dist, file))));
  const seed = await readFile(join(dist, SEED));
  return {
    seconds,
    bytes: stats.reduce((sum, each) => sum + (each.isFile() ? each.size : 0), 0),
    seedBytes: seed.length,
    seedBytesBrotli: brotliCompressSync(seed, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
}

/** Runs a Node program without showing its output. Throws an error with the output if it fails. */
async function runNode(cwd: string, program: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, program, { cwd, env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  if (code !== 0)
    throw new Error(`Cannot build in ${cwd}: ${program.join(' ')} ended with ${code}\n${printed.slice(-4_000)}`);
}
