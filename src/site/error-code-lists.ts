/** The package's error catalogue → the lists of codes that pages show: thrown, returned and warnings. */
import { createRequire } from 'node:module';
import type { ErrorCatalogueEntry } from 'authkit-session-helpers';
import type { CatalogueRow, ErrorCatalogue } from '../docs/options/index.ts';

/** What throws a code that results also contain, if it is not a sign-in. */
const THROWN_BY: Readonly<Record<string, string>> = { keys_unavailable: 'thrown by authenticate()' };

/** A code that is both thrown and returned is in `returned`. */
export function errorCodeLists(): ErrorCatalogue {
  // Loaded by Node's require: Vite, which also runs this code, would rewrite CommonJS dependencies.
  const { errorCatalogue } = createRequire(import.meta.url)(
    'authkit-session-helpers',
  ) as typeof import('authkit-session-helpers');
  const codes = Object.entries(errorCatalogue) as [string, ErrorCatalogueEntry][];
  const rows = (...lists: readonly ErrorCatalogueEntry['appears'][]): CatalogueRow[] =>
    codes
      .filter(([, { appears }]) => lists.includes(appears))
      .map(([code, { appears, meaning, remedy, statuses = [], apiCodes = [] }]) => ({
        code,
        meaning,
        remedy,
        ...(appears === 'both' && { note: THROWN_BY[code] ?? 'thrown at sign-in' }),
        details: [
          { label: 'HTTP status', values: statuses },
          { label: 'apiCode', values: apiCodes },
        ].filter(({ values }) => values.length > 0),
      }));
  return { thrown: rows('thrown'), returned: rows('returned', 'both'), warned: rows('warned') };
}
