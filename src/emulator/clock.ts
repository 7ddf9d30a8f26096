/** The time of the machine plus an offset → the time of the emulator. */
import { EmulatorError } from './emulator-error.ts';

/** The last day with a year of four digits, which is all that identifiers and timestamps can represent. */
const LATEST_MS = Date.UTC(9999, 11, 31);

/** A clock that can be moved forward and back. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Whole seconds since 1970, as JWT claims count them. */
  nowSec(): number;
  /** The difference from the clock of the machine, in seconds. */
  offsetSec(): number;
  /** Moves the clock; a negative number moves it back. Throws `invalid_option` outside of 1970 to 9999. */
  advance(seconds: number): void;
}

/** Creates a clock that shows `now` (milliseconds since 1970) until it is moved. */
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
    `Cannot move the clock: ${String(seconds)} seconds from now is not a time from 1970 to 9999`,
    'Pass the number of seconds to move it by; a negative number moves it back',
  );
}
