/** `npm run build`: content/ and snippets/ → dist/, which is replaced only when the build has succeeded. */
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

/** Builds the site and returns its folder. Throws on any finding, and leaves dist/ unchanged. */
export async function buildSite(): Promise<string> {
  await buildSdk(fileURLToPath(ROOT));
  await rm(NEXT, { recursive: true, force: true });
  // Imported here because they import the helpers, which may have just been built.
  const [{ readSite }, { writeArtifacts }] = await Promise.all([
    import('../docs/describe/index.ts'),
    import('../docs/artifacts/index.ts'),
  ]);
  // Run the snippets while the site's code is being bundled.
  const reading = readSite(fileURLToPath(ROOT));
  handOver(reading);
  // Astro empties the folder first, so write the other files after it.
  const drawing = Promise.all([
    buildSandbox(SANDBOX),
    buildLazyScripts(),
    build({ root: fileURLToPath(ROOT), outDir: fileURLToPath(NEXT), logLevel: 'error' }),
  ]);
  await Promise.allSettled([reading, drawing]);
  // Report the content's findings, not the errors that follow from them.
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
    else console.error(`${message ?? String(error)}\ndist/ is unchanged.`);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
