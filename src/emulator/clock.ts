/** The machine's time plus an offset → the time everything in the emulator goes by. */
import { EmulatorError } from './emulator-error.ts';

/** The last moment with a year of four digits: identifiers and timestamps have room for no more. */
const LATEST_MS = Date.UTC(9999, 11, 31);

/** A clock that can be set forward and back. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Whole seconds since 1970, as JWT claims count them. */
  nowSec(): number;
  /** How far the clock stands from its source, in seconds. */
  offsetSec(): number;
  /** Moves the clock by `seconds`; negative moves it back. Throws `invalid_option` outside 1970 to 9999. */
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
      const movedMs = nowMs() + seconds * 1000;
      if (!(movedMs >= 0 && movedMs <= LATEST_MS)) throw unreachable(seconds);
      offsetMs += seconds * 1000;
    },
  };
}

function unreachable(seconds: number): EmulatorError {
  return new EmulatorError(
    'invalid_option',
    `Cannot move the clock: ${String(seconds)} seconds from now is no time, one from 1970 to 9999 is wanted`,
    'Pass the number of seconds to move it by, negative to move it back',
  );
}
