/** `npm run bench:collection`: builds 282 generated reference pages in nine languages, and prints time and memory. */
import { spawnSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generateCollection } from '../../docs/describe/testdata/generate-collection.ts';

const PAGES = 282;
const FOLDER = fileURLToPath(new URL('../../../build/collection', import.meta.url));
const ASTRO = fileURLToPath(new URL('../../../node_modules/astro/bin/astro.mjs', import.meta.url));

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
await generateCollection(FOLDER, PAGES, '../../src/docs/integration/index.ts');
const started = performance.now();
const report = `process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))`;
const { status, stderr } = spawnSync(
  process.execPath,
  ['--import', `data:text/javascript,${encodeURIComponent(report)}`, ASTRO, 'build'],
  { cwd: FOLDER, env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' }, encoding: 'utf8' },
);
if (status !== 0) throw new Error(`Cannot build the collection: ${stderr}`);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
// Of all processes that Astro starts, the largest.
const peaks = [...stderr.matchAll(/^peak (\d+)$/gm)].map(([, kilobytes]) => Number(kilobytes) / 1024);
console.log(`${PAGES} pages: ${seconds} s, ${Math.max(...peaks).toFixed(0)} MB at most (goal: 30 s, 1200 MB)`);
await rm(FOLDER, { recursive: true });
