/**
 * A number → the search entries of so many pages, as large as real ones. Words are as frequent as in natural text, so
 * that new pages bring new words, but ever fewer.
 */
import type { SearchPage, SearchSection } from '../../docs/search/index.ts';

export interface CorpusQuery {
  query: string;
  /** Path of the page that it looks for. */
  path: string;
}

const LANGUAGES = ['js', 'ruby', 'python'] as const;
const WORDS_MAX = 40_000;
/** The frequency of a word is this power of its rank. */
const ZIPF = -1.05;
const SYLLABLES = 'ba be bi co da de di el en er fa fi ga go ha in ka ki la le li lo ma me mi na ne no on or pa pe ra re ri ro sa se si so ta te ti to un va ve vi ze'.split(' '); // prettier-ignore
const VERBS = ['create', 'get', 'list', 'update', 'delete', 'rotate', 'verify', 'restore', 'export', 'merge'];

/** Pages of guides and of a reference in three languages, and queries with the page that each looks for. */
export function generateCorpus(count: number): { pages: SearchPage[]; queries: CorpusQuery[] } {
  const random = createRandom(count);
  const words = createWords(random);
  const pick = createPicker(random, words.length);
  const often = (many: number) => Array.from({ length: many }, () => words[pick()]!);
  const pages: SearchPage[] = [];
  const queries: CorpusQuery[] = [];
  for (let index = 0; index < count; index += 1) {
    // What the page is about: rare words, which it repeats.
    const topic = Array.from({ length: 4 }, () => words[100 + Math.floor(random() * (words.length / 2))]!);
    const prose = (many: number) =>
      often(many)
        .map((word) => (random() < 0.12 ? topic[Math.floor(random() * topic.length)]! : word))
        .join(' ');
    const name = [VERBS[index % VERBS.length]!, topic[0]!, topic[1]!];
    const title = sentence(name.join(' '));
    const path = `/${index % 3 === 0 ? 'guides' : 'reference'}/${name.join('-')}-${index}`;
    const sections: SearchSection[] = [{ anchor: '', heading: '', lines: [{ text: prose(40) }] }];
    for (let at = 0; at < 5; at += 1) {
      const heading = sentence(`${prose(2)} ${topic[at % topic.length]}`);
      const lines = Array.from({ length: 3 }, () => ({ text: prose(35) }));
      sections.push({ anchor: heading.toLowerCase().replaceAll(' ', '-'), heading, lines });
    }
    if (index % 3 !== 0) {
      const rows = Array.from({ length: 8 }, () => ({ name: prose(2), about: prose(9) }));
      const code = Array.from({ length: 18 }, () => often(2));
      for (const language of LANGUAGES) {
        const spell = language === 'js' ? camel : snake;
        const anchor = `${language}.${snake(name.join(' '))}`;
        sections.push({
          anchor,
          heading: `${spell(topic[0]!)}.${spell(name.join(' '))}()`,
          lines: [
            ...rows.map((row) => ({
              text: `${spell(row.name)} (string): ${row.about}`,
              anchor: `${anchor}.${snake(row.name)}`,
            })),
            { text: code.map(([a, b]) => `${spell(`${a} ${b}`)}('${a}', ${b});`).join('\n'), language },
          ],
        });
      }
    }
    pages.push({ path, title, description: sentence(prose(14)), sections });
    if (index % Math.ceil(count / 5) === 0)
      queries.push(
        { query: name.join(' '), path },
        { query: camel(name.join(' ')), path },
        { query: `${topic[0]} ${topic[1]!.slice(0, -1)}`, path },
        { query: misspell(name.slice(1).join(' ')), path },
      );
  }
  return { pages, queries };
}

/** Swaps the letters in the middle of the longest word. */
function misspell(text: string): string {
  const word = text.split(' ').sort((a, b) => b.length - a.length)[0]!;
  const at = Math.floor(word.length / 2);
  return text.replace(word, word.slice(0, at - 1) + word[at] + word[at - 1] + word.slice(at + 1));
}

function createWords(random: () => number): string[] {
  const words = new Set<string>();
  // Frequent words are short.
  while (words.size < WORDS_MAX) {
    const syllables = 1 + Math.floor(random() * (words.size < 50 ? 2 : words.size < 2_000 ? 3 : 4));
    words.add(Array.from({ length: syllables }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join(''));
  }
  return [...words];
}

/** Picks ranks as often as words of that rank occur. */
function createPicker(random: () => number, count: number): () => number {
  let sum = 0;
  const sums = Array.from({ length: count }, (_, rank) => (sum += (rank + 2) ** ZIPF));
  return () => {
    const at = random() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** The same numbers for the same seed: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const snake = (text: string) => text.replaceAll(' ', '_');
const camel = (text: string) => text.replaceAll(/ (.)/g, (_, letter: string) => letter.toUpperCase());
