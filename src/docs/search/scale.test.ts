import { beforeAll, expect, it } from 'vitest';
import { generateCorpus } from '../../site/bench/search-corpus.ts';
import { type SearchCost, measureSearch } from '../../site/bench/search-cost.ts';

/** The nightly run measures as many pages as the budgets are meant for. */
const [FEW, MANY] = process.env['NIGHTLY'] ? [500, 2_000] : [50, 200];

/** Bytes on the wire when search opens, and to the first result, with the code; milliseconds for a key. */
const OPEN_BYTES_MAX = 15_000;
const FIRST_BYTES_MAX = 40_000;
const CODE_BYTES = 6_000;
const KEY_MS_MAX = 16;

let few: SearchCost;
let many: SearchCost;
let queries: number;

beforeAll(async () => {
  [few, many] = [await measure(FEW), await measure(MANY)];
}, 120_000);

async function measure(count: number): Promise<SearchCost> {
  const corpus = generateCorpus(count);
  queries = corpus.queries.length;
  return measureSearch(corpus.pages, corpus.queries);
}

it(`costs little on a site of ${MANY} pages`, () => {
  expect(CODE_BYTES + many.openBytes).toBeLessThanOrEqual(OPEN_BYTES_MAX);
  expect(CODE_BYTES + many.openBytes + many.firstBytes.max).toBeLessThanOrEqual(FIRST_BYTES_MAX);
  expect(CODE_BYTES + many.openBytes + many.typedBytes.average).toBeLessThanOrEqual(FIRST_BYTES_MAX);
  expect(many.keyMs.median).toBeLessThanOrEqual(KEY_MS_MAX);
});

it('costs less than in proportion to the number of pages', () => {
  const times = MANY / FEW;
  expect(many.openBytes / few.openBytes).toBeLessThan(times);
  expect(many.firstBytes.average / few.firstBytes.average).toBeLessThan(times / 2);
});

it('finds the right page among many, also for a misspelt, joined or unfinished name', () => {
  expect(queries).toBe(20);
  expect(many.firstThree).toBe(queries);
  expect(many.first).toBeGreaterThanOrEqual(queries - 1);
});
