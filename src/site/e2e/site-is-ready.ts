/** Before the tests of a file: waits until the site is built and served. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, inject } from 'vitest';

beforeAll(async () => {
  for (;;) {
    // The server changes once, from the one that answers until the site is built.
    const response = await fetch(inject('siteUrl'), { headers: { Connection: 'close' } }).catch(() => undefined);
    if (response?.status === 500) throw new Error(`Cannot build the site:\n${await response.text()}`);
    if (response?.ok) return;
    await sleep(100);
  }
}, 300_000);
