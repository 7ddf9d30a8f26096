import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SECTIONS_MAX, decodePostings, encodePostings } from './files.ts';
import { type Finder, createFinder, indexPages } from './index.ts';
import type { SearchPage } from './entries.ts';
import { countDifferences } from './spelling.ts';

it('decodes postings to what was encoded, with scores within 5 %', () => {
  const posting = fc.record({
    place: fc.integer({ min: 0, max: 5_000 * SECTIONS_MAX }),
    score: fc.double({ min: 0.1, max: 10_000, noNaN: true }),
    named: fc.constantFrom(1, 3, 4),
  });
  fc.assert(
    fc.property(fc.uniqueArray(posting, { selector: ({ place }) => place }), (postings) => {
      const sorted = postings.toSorted((a, b) => a.place - b.place);
      const decoded = decodePostings(encodePostings(postings));
      expect(decoded.map(({ place, named }) => [place, named])).toEqual(
        sorted.map(({ place, named }) => [place, named]),
      );
      for (const [index, { score }] of decoded.entries())
        expect(Math.abs(score / sorted[index]!.score - 1)).toBeLessThan(sorted[index]!.score < 1 ? 0.25 : 0.05);
    }),
  );
});

it.each([
  ['cookie', 'cookie', 0],
  ['cokie', 'cookie', 1],
  ['cookies', 'cookie', 1],
  ['laod', 'load', 1],
  ['autentcate', 'authenticate', 2],
  ['cookie', 'session', 3],
])('counts the differences between %s and %s: %d, where 3 means too many', (one, other, differences) => {
  expect(countDifferences(one, other, 2)).toBe(differences);
  expect(countDifferences(other, one, 2)).toBe(differences);
});

const page = (path: string, title: string, text: string): SearchPage => ({
  path,
  title,
  description: title,
  sections: [{ anchor: '', heading: '', lines: [{ text }] }],
});
const PAGES = [
  page('/harbour', 'Harbour', 'Ships receive their cargo here.'),
  page('/market', 'Market', 'What ships brought is sold. Traders recieve money.'),
  page('/long', 'Long list', Array.from({ length: 3_000 }, (_, at) => `entry ${at}`).join('. ')),
];

async function searching(): Promise<{ finder: Finder; loads: string[]; fail: (names: RegExp | undefined) => void }> {
  const index = await indexPages(PAGES, { synonyms: { port: 'harbour' }, weightOf: () => 1 });
  const loads: string[] = [];
  let failing: RegExp | undefined;
  const finder = createFinder(index, (name) => {
    loads.push(name);
    return failing?.test(name) ? Promise.reject(new Error('offline')) : Promise.resolve(index.files.get(name));
  });
  return { finder, loads, fail: (names) => (failing = names) };
}

const pathsOf = async (finder: Finder, query: string) =>
  (await finder.show(await finder.find(query))).pages.map(({ path }) => path);

it.each([
  ['port', ['/harbour']],
  ['receive', ['/harbour', '/market']],
  ['recieve', ['/market', '/harbour']],
  ['garbour', ['/harbour']],
  ['arbour', ['/harbour']],
  ['hrabour', ['/harbour']],
  ['entry 2999', ['/long']],
])('finds for %s the pages %j, also if a text has the same mistake', async (query, paths) => {
  expect(await pathsOf((await searching()).finder, query)).toEqual(paths);
});

it('loads each file once, and again after a failure', async () => {
  const { finder, loads, fail } = await searching();
  fail(/^part-/);
  await expect(pathsOf(finder, 'ships')).rejects.toThrow('offline');
  fail(undefined);
  expect(await pathsOf(finder, 'ships')).toEqual(['/harbour', '/market']);
  const { length } = loads;
  expect((await finder.find('ships')).isLoaded).toBe(true);
  expect(await pathsOf(finder, 'ships')).toHaveLength(2);
  expect(loads).toHaveLength(length);
});
