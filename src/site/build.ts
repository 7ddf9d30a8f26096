/** `npm run build`: content/ and snippets/ → dist/, replaced only once everything in it is whole. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'astro';
import { type FindingsError, formatFindingsJson } from '../docs/findings/index.ts';
import { buildSandbox } from '../docs/run/index.ts';
import { buildSdk } from '../docs/snippets/index.ts';
import { handOver } from './described-site.ts';
import { buildLazyScripts, writeLazyScripts } from './lazy-scripts.ts';
import { SANDBOX_PATH, writeHeaders } from './security-headers.ts';
import { SANDBOX } from './subject.ts';

const ROOT = new URL('../../', import.meta.url);
const DIST = new URL('dist/', ROOT);
const NEXT = new URL('build/site-next/', ROOT);
const LAST = new URL('build/site-last/', ROOT);

/** Builds the site and returns the folder it lies in. Throws, and leaves dist/ as it was, on any finding. */
export async function buildSite(): Promise<string> {
  await buildSdk(fileURLToPath(ROOT));
  await rm(NEXT, { recursive: true, force: true });
  // They import the helpers, which may have been built just now.
  const [{ readSite }, { writeArtifacts }] = await Promise.all([
    import('../docs/describe/index.ts'),
    import('../docs/artifacts/index.ts'),
  ]);
  // The programs run while what draws the pages is bundled.
  const reading = readSite(fileURLToPath(ROOT));
  handOver(reading);
  // The pages empty the folder first, so that the others are written once these are there.
  const drawing = Promise.all([
    buildSandbox(SANDBOX),
    buildLazyScripts(),
    build({ root: fileURLToPath(ROOT), outDir: fileURLToPath(NEXT), logLevel: 'error' }),
  ]);
  await Promise.allSettled([reading, drawing]);
  // What is wrong with the content is said, and not what else went wrong for it.
  const site = await reading;
  const [page, scripts] = await drawing;
  const sandbox = new URL(`.${SANDBOX_PATH}`, NEXT);
  await mkdir(new URL('.', sandbox), { recursive: true });
  await writeFile(sandbox, page);
  writeArtifacts(site, fileURLToPath(NEXT));
  await writeLazyScripts(fileURLToPath(NEXT), scripts);
  await writeHeaders(fileURLToPath(NEXT));
  await rm(LAST, { recursive: true, force: true });
  await rename(DIST, LAST).catch(ignoreAbsent);
  await rename(NEXT, DIST);
  return fileURLToPath(DIST);
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** `npm run build [-- --json]`: with `--json`, findings are data for other programs. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const start = performance.now();
  try {
    await buildSite();
    console.log(
      values.json ? formatFindingsJson([]) : `Built dist/ in ${((performance.now() - start) / 1000).toFixed(1)} s`,
    );
  } catch (error) {
    const { findings, message } = error as Partial<FindingsError>;
    if (values.json && findings) console.log(formatFindingsJson(findings));
    else console.error(`${message ?? String(error)}\ndist/ is as it was before.`);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
