/**
 * `npm run pages [-- files…]`: says what is wrong with pages, their references, programs, links and navigation, without
 * drawing them.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Finding, formatFindings, formatFindingsJson, nearestName } from '../findings/index.ts';
import { unchangedHere } from '../snippets/index.ts';
import { readContent } from './content.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HELP = `Usage: npm run pages [-- files… options]

Reads the pages of content/ as the build does, and draws nothing. With files, such as content/quickstart.mdx, tells
only what is wrong with these.

  --json  print data instead of text

Exit code: 0 without findings, 1 with findings, 2 for a file that is no page.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const startedAt = performance.now();
  const { pages, findings } = await readContent(ROOT, { unchanged: unchangedHere() });
  const known = [...pages, ...findings].map(({ file }) => file);
  const unknown = positionals.filter((file) => !known.includes(file));
  for (const file of unknown) {
    const nearest = nearestName(file, known);
    console.error(`Cannot check ${file}: no such page${nearest === undefined ? '' : ` (nearest "${nearest}")`}`);
  }
  if (unknown.length > 0) return 2;
  const told = positionals.length === 0 ? findings : findings.filter((finding) => isAbout(finding, positionals));
  const count = positionals.length || pages.length;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    values.json
      ? formatFindingsJson(told)
      : `${formatFindings(told)} in ${count} ${count === 1 ? 'page' : 'pages'}, ${seconds} s`,
  );
  return told.length > 0 ? 1 : 0;
}

/** Whether it lies in one of the files, or in a program that one of them shows. */
function isAbout({ file, shownAt = [] }: Finding, files: readonly string[]): boolean {
  return files.some((asked) => file === asked || shownAt.some((place) => place.startsWith(`${asked}:`)));
}

process.exitCode = await main();
