import { expect, it } from 'vitest';
import { errorCatalogue } from 'authkit-session-helpers';
import { errorCodeLists } from './error-code-lists.ts';

const { thrown = [], returned = [], warned = [] } = errorCodeLists();
const all = { thrown, returned, warned };

it.each(Object.entries(errorCatalogue))('lists %s with all that the catalogue has of it', (code, entry) => {
  const {
    appears,
    meaning,
    remedy,
    statuses = [],
    apiCodes = [],
  } = entry as {
    appears: string;
    meaning: string;
    remedy: string;
    statuses?: readonly string[];
    apiCodes?: readonly string[];
  };
  const lists = Object.entries(all).flatMap(([list, rows]) =>
    rows.filter((row) => row.code === code).map((row) => ({ list, ...row })),
  );
  expect(lists).toEqual([
    {
      list: appears === 'both' ? 'returned' : appears,
      code,
      meaning,
      remedy,
      ...(appears === 'both' && { note: expect.stringMatching(/^thrown (?:at sign-in|by authenticate\(\))$/) }),
      details: [
        ...(statuses.length === 0 ? [] : [{ label: 'HTTP status', values: statuses }]),
        ...(apiCodes.length === 0 ? [] : [{ label: 'apiCode', values: apiCodes }]),
      ],
    },
  ]);
});

it('lists the codes in the order of the catalogue, and says which a method throws that also returns them', () => {
  const order = Object.keys(errorCatalogue);
  for (const rows of Object.values(all)) {
    expect(rows.length).toBeGreaterThan(0);
    const places = rows.map(({ code }) => order.indexOf(code));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  }
  const notes = returned.flatMap(({ code, note }) => (note === 'thrown by authenticate()' ? [code] : []));
  expect(notes).toEqual(['keys_unavailable']);
});
