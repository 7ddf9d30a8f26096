import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { MARK } from './mark.ts';

it('is what the icon of the site shows', async () => {
  const icon = await readFile(new URL('../../public/favicon.svg', import.meta.url), 'utf8');
  for (const outline of [MARK.filled, MARK.lines]) expect(icon).toContain(`d="${outline}"`);
});
