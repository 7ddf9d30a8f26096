/** The machine's time plus an offset → the time everything in the emulator goes by. */

/** A clock that can be set forward and back. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Whole seconds since 1970, as JWT claims count them. */
  nowSec(): number;
  /** How far the clock stands from its source, in seconds. */
  offsetSec(): number;
  /** Moves the clock by `seconds`; negative moves it back. */
  advance(seconds: number): void;
}

/** A clock over `now` (milliseconds since 1970), standing at it until it is moved. */
export function createClock(now: () => number): Clock {
  let offsetMs = 0;
  const nowMs = () => now() + offsetMs;
  return {
    nowMs,
    nowSec: () => Math.floor(nowMs() / 1000),
    offsetSec: () => offsetMs / 1000,
    advance: (seconds) => {
      offsetMs += seconds * 1000;
    },
  };
}
