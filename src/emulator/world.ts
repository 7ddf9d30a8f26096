/** Everything a route needs to answer: one per emulator, handed to each of them. */
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Store } from './store.ts';

export interface World {
  clock: Clock;
  store: Store;
  faults: Faults;
}
