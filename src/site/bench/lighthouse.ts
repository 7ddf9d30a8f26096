/**
 * `npm run bench:page [-- /path …]`: runs Lighthouse on compressed pages of the built site, on a simulated slow phone,
 * and measures how fast the next page appears.
 */
import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { buildSite } from '../e2e/served-site.ts';
import { findBrowser } from '../e2e/browser.ts';
import { serveSite } from '../../docs/serve/index.ts';
import { readDebugger } from './debugger.ts';
import { BARE_PAGE, measureNextPage, writeBarePages } from './next-page.ts';

const LIGHTHOUSE = '13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const PAGES = [
  '/',
  '/quickstart',
  '/guides/protect-routes',
  '/reference/authkit/session-helpers/load-sealed-session',
  '/reference/authkit/session-helpers/errors',
];

/** The first page of the visit. */
const FIRST_PAGE = '/reference/authkit/session-helpers';

interface Result {
  lhr: {
    categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>;
    audits: Record<string, { score: number | null; numericValue?: number; title: string }>;
  };
}

type Lighthouse = (
  url: string,
  options: { port: number; onlyCategories: string[]; logLevel: string },
) => Promise<Result>;

const temporary = await mkdtemp(join(tmpdir(), 'lighthouse-'));
try {
  const built = await buildSite();
  console.error('… installing Lighthouse');
  await writeFile(join(temporary, 'package.json'), '{ "private": true }');
  await promisify(execFile)(
    'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', `lighthouse@${LIGHTHOUSE}`],
    { cwd: temporary },
  );
  const { default: lighthouse } = (await import(
    pathToFileURL(join(temporary, 'node_modules/lighthouse/core/index.js')).href
  )) as { default: Lighthouse };
  const paths = process.argv.length > 2 ? process.argv.slice(2) : PAGES;
  const folder = join(temporary, 'dist');
  await cp(built, folder, { recursive: true });
  for (const path of paths) {
    const file = join(folder, path, 'index.html');
    await writeFile(`${file}.br`, brotliCompressSync(await readFile(file)));
  }
  const site = await serveSite({ folder, port: 0 });
  const browser = spawn(
    await findBrowser(),
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-background-networking',
      '--remote-debugging-port=0',
      `--user-data-dir=${join(temporary, 'profile')}`,
    ],
    { stdio: 'ignore' },
  );
  try {
    const { port } = await readDebugger(join(temporary, 'profile'));
    console.log(`${'page'.padEnd(56)} P/A/BP/SEO       LCP ms  TBT ms  CLS`);
    for (const path of paths)
      printRow(path, await lighthouse(site.url + path, { port, onlyCategories: CATEGORIES, logLevel: 'error' }));
  } finally {
    browser.kill();
  }
  try {
    const { medianMs, how } = await measureNextPage(site.url, FIRST_PAGE, join(temporary, 'reader'));
    const bare = await measureBarePage();
    console.log(
      `next page after hovering its link, server 150 ms away: ${Math.round(medianMs)} ms from the click to first paint (${how}), ${(medianMs / bare).toFixed(2)} × a bare page's ${Math.round(bare)} ms`,
    );
  } finally {
    await site.close();
  }
} finally {
  await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
}

/** Milliseconds that the browser on this machine takes for an empty page. */
async function measureBarePage(): Promise<number> {
  const folder = join(temporary, 'bare');
  await writeBarePages(folder);
  const site = await serveSite({ folder, port: 0 });
  try {
    return (await measureNextPage(site.url, BARE_PAGE, join(temporary, 'bare-reader'))).medianMs;
  } finally {
    await site.close();
  }
}

function printRow(path: string, { lhr: { categories, audits } }: Result): void {
  const scores = CATEGORIES.map((name) => Math.round((categories[name]?.score ?? 0) * 100)).join('/');
  const [lcp, tbt, cls] = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'].map(
    (name) => audits[name]?.numericValue ?? NaN,
  );
  console.log(
    `${path.padEnd(56)} ${scores.padEnd(16)} ${String(Math.round(lcp ?? NaN)).padStart(6)}  ${String(Math.round(tbt ?? NaN)).padStart(6)}  ${(cls ?? NaN).toFixed(3)}`,
  );
  const lost = Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9),
  );
  for (const { id } of lost) console.log(`  ${audits[id]?.title} (${id})`);
}
