/** Which of the snippets a run is about, and in which order: all, those that are named, or one share of them. */
import type { Snippet } from './source/snippet.ts';

/** One of several equal shares, as in `--shard 2/3`. */
export interface Shard {
  /** Counted from 1. */
  index: number;
  count: number;
}

/** Reads `2/3`; undefined where the text is no shard. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined;
}

/** The snippets of a shard. Twins stay together, so that each share can be judged by itself. */
export function chooseShard<Each extends Pick<Snippet, 'name'>>(
  snippets: readonly Each[],
  { index, count }: Shard,
): Each[] {
  const names = [...new Set(snippets.map(({ name }) => name))];
  const chosen = new Set(names.filter((_, place) => place % count === index - 1));
  return snippets.filter(({ name }) => chosen.has(name));
}

/** The same items in an order that depends on the seed alone (Fisher-Yates, drawn by mulberry32). */
export function shuffle<Each>(items: readonly Each[], seed: number): Each[] {
  const shuffled = [...items];
  let state = seed >>> 0;
  const draw = (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = draw(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] as Each, shuffled[last] as Each];
  }
  return shuffled;
}
