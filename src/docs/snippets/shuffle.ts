/** Shuffles items in an order that a seed repeats. */

/** The items in an order that only depends on the seed (Fisher-Yates with mulberry32). */
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
