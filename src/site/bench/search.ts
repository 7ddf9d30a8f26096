/** `npm run bench:search [-- --pages 50,500,2000]`: the cost of searching a site of many pages. */
import { parseArgs } from 'node:util';
import { generateCorpus } from './search-corpus.ts';
import { measureSearch } from './search-cost.ts';

const { values } = parseArgs({ options: { pages: { type: 'string', default: '50,500,2000' } } });
const counts = values.pages.split(',').map(Number);
if (counts.some((count) => !Number.isInteger(count) || count < 1))
  throw new Error(`Cannot measure --pages ${values.pages}: must be numbers of pages, such as 50,500`);

const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1);
for (const count of counts) {
  const { pages, queries } = generateCorpus(count);
  const cost = await measureSearch(pages, queries);
  console.log(
    [
      `${count} pages, ${kilobytes(JSON.stringify(pages).length)} KB of text, ${cost.files} files in ${Math.round(cost.indexMs)} ms`,
      `  open ${kilobytes(cost.openBytes)} KB; first results ${kilobytes(cost.firstBytes.average)} KB, at most ${kilobytes(cost.firstBytes.max)}`,
      `  every key: ${kilobytes(cost.typedBytes.average)} KB of index, at most ${kilobytes(cost.typedBytes.max)}`,
      `  ${cost.keyMs.median.toFixed(1)} ms for a key, 95 %: ${cost.keyMs.p95.toFixed(1)}`,
      `  right page first ${cost.first}, among three ${cost.firstThree}, of ${queries.length}`,
    ].join('\n'),
  );
}
