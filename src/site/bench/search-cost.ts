/** Measures the search of a site: bytes on the wire, and milliseconds for each key. */
import { brotliCompressSync, constants } from 'node:zlib';
import { type SearchPage, createFinder, indexPages } from '../../docs/search/index.ts';
import type { CorpusQuery } from './search-corpus.ts';

export interface SearchCost {
  indexMs: number;
  /** Bytes of the manifest, which loads when search opens; the code is not counted. */
  openBytes: number;
  /** Bytes to the results of the first query, whole queries at once: on average, and at most. */
  firstBytes: { average: number; max: number };
  /** The same, if every key asks for results. */
  typedBytes: { average: number; max: number };
  /** For one more key, with the files loaded: median and 95th percentile. */
  keyMs: { median: number; p95: number };
  /** Queries whose page comes first, or among the first three. */
  first: number;
  firstThree: number;
  /** Files of the index. */
  files: number;
}

/** Indexes `pages`, and runs each query in a new search. */
export async function measureSearch(
  pages: readonly SearchPage[],
  queries: readonly CorpusQuery[],
): Promise<SearchCost> {
  const start = performance.now();
  const index = await indexPages(pages, { synonyms: {}, weightOf: () => 1 });
  const indexMs = performance.now() - start;
  const texts = new Map(Array.from(index.files, ([name, file]) => [name, JSON.stringify(file)]));
  const sizes = new Map<string, number>();
  const sizeOf = (name: string) => {
    const size = sizes.get(name) ?? brotliBytes(texts.get(name)!);
    sizes.set(name, size);
    return size;
  };
  const open = () => {
    const loaded: string[] = [];
    const finder = createFinder(index, (name) => {
      loaded.push(name);
      return Promise.resolve(JSON.parse(texts.get(name)!));
    });
    return { loaded, search: async (query: string) => finder.show(await finder.find(query), 'js') };
  };
  const bytesOf = (names: readonly string[]) => names.reduce((sum, name) => sum + sizeOf(name), 0);
  const once: number[] = [];
  const typed: number[] = [];
  const keys: number[] = [];
  const ranks: number[] = [];
  for (const { query, path } of queries) {
    const whole = open();
    const { pages: found } = await whole.search(query);
    once.push(bytesOf(whole.loaded));
    ranks.push(found.findIndex((page) => page.path === path));
    const byKey = open();
    const beginnings = Array.from(query, (_, at) => query.slice(0, at + 1));
    for (const beginning of beginnings) await byKey.search(beginning);
    typed.push(bytesOf(byKey.loaded.filter((name) => !name.startsWith('part-'))));
    for (const beginning of beginnings) {
      const before = performance.now();
      await byKey.search(beginning);
      keys.push(performance.now() - before);
    }
  }
  const { terms, near } = index;
  return {
    indexMs,
    openBytes: brotliBytes(JSON.stringify({ build: '01234567', terms, near, begin: [] })),
    firstBytes: describe(once),
    typedBytes: describe(typed),
    keyMs: { median: percentile(keys, 0.5), p95: percentile(keys, 0.95) },
    first: ranks.filter((rank) => rank === 0).length,
    firstThree: ranks.filter((rank) => rank >= 0 && rank < 3).length,
    files: index.files.size,
  };
}

function describe(numbers: readonly number[]): { average: number; max: number } {
  return { average: numbers.reduce((a, b) => a + b, 0) / numbers.length, max: Math.max(...numbers) };
}

function percentile(numbers: readonly number[], part: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(part * (numbers.length - 1))]!;
}

function brotliBytes(text: string): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}
