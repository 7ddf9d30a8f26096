/**
 * `npm run bench:site [-- --pages 50,500 --without-starlight --dev]`: compares the cost of a site of many pages with
 * Starlight.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BuildCost, measureBuild } from './build-cost.ts';
import { measureDevLatency } from './dev-latency.ts';
import { generateProject } from './generate-project.ts';
import { STARLIGHT_BUILD, fillStarlight, installStarlight } from './starlight.ts';

const SEED = 'reference/authkit/session-helpers/load-sealed-session';

interface Row {
  pages: number;
  ours: BuildCost;
  starlight?: BuildCost;
  devMs?: number;
  starlightDevMs?: number;
}

const { values: options } = parseArgs({
  options: {
    pages: { type: 'string', default: '50,500,2000' },
    'without-starlight': { type: 'boolean', default: false },
    dev: { type: 'boolean', default: false },
  },
});
const counts = options.pages.split(',').map(Number);
const badCount = counts.find((count) => !Number.isInteger(count) || count < 1);
if (badCount !== undefined)
  throw new Error(`Cannot measure --pages ${options.pages}: must be numbers of pages, such as 50,500`);

const temporary = await mkdtemp(join(tmpdir(), 'bench-site-'));
const progress = (text: string) => console.error(`… ${text}`);
try {
  const starlight = options['without-starlight'] ? undefined : join(temporary, 'starlight');
  if (starlight !== undefined) {
    progress('installing Starlight');
    await installStarlight(starlight);
  }
  const rows: Row[] = [];
  for (const pages of counts) rows.push(await measure(pages, starlight));
  printTable(rows);
} finally {
  await rm(temporary, { recursive: true, force: true });
}

async function measure(pages: number, starlight: string | undefined): Promise<Row> {
  const project = join(temporary, `ours-${pages}`);
  progress(`${pages} pages: generating`);
  await generateProject(project, pages);
  progress(`${pages} pages: building ours`);
  const row: Row = { pages, ours: await measureBuild(project, ['node_modules/astro/bin/astro.mjs', 'build']) };
  if (options.dev) {
    progress(`${pages} pages: editing in our dev`);
    const page = { file: `content/${SEED}.mdx`, path: `/${SEED}` };
    row.devMs = await measureDevLatency({
      folder: project,
      program: ['node_modules/astro/bin/astro.mjs', 'dev'],
      ...page,
    });
  }
  if (starlight !== undefined) {
    await fillStarlight(starlight, project);
    progress(`${pages} pages: building Starlight`);
    row.starlight = await measureBuild(starlight, STARLIGHT_BUILD);
    if (options.dev) {
      progress(`${pages} pages: editing in Starlight's dev`);
      const page = { file: `src/content/docs/${SEED}.md`, path: `/${SEED}/` };
      row.starlightDevMs = await measureDevLatency({
        folder: starlight,
        program: [STARLIGHT_BUILD[0] ?? '', 'dev'],
        ...page,
      });
    }
  }
  await rm(project, { recursive: true, force: true });
  return row;
}

/** One line per measure and number of pages; a ratio below 1 means that ours is smaller. */
function printTable(rows: readonly Row[]): void {
  const lines = rows.flatMap(({ pages, ours, starlight, devMs, starlightDevMs }) => [
    line(pages, 'cold build, s', ours.seconds, starlight?.seconds, 1),
    line(pages, 'dist, MB', ours.bytes / 1e6, starlight && starlight.bytes / 1e6, 1),
    line(pages, 'seed page, bytes', ours.seedBytes, starlight?.seedBytes, 0),
    line(pages, 'seed page, brotli 11', ours.seedBytesBrotli, starlight?.seedBytesBrotli, 0),
    ...(devMs === undefined ? [] : [line(pages, 'edit visible in dev, ms', devMs, starlightDevMs, 0)]),
  ]);
  const table = [['pages', '', 'ours', 'Starlight', 'ratio'], ...lines];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of table) {
    console.log(
      cells
        .map((cell, column) => (column === 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    );
  }
}

function line(pages: number, what: string, ours: number, starlight: number | undefined, digits: number): string[] {
  const shown = (value: number | undefined) => value?.toFixed(digits) ?? '–';
  return [
    String(pages),
    what,
    shown(ours),
    shown(starlight),
    starlight === undefined ? '–' : (ours / starlight).toFixed(2),
  ];
}
