/** The package's error catalogue → the lists that pages show: what is thrown, returned or warned of. */
import { createRequire } from 'node:module';
import type { ErrorCatalogueEntry } from 'authkit-session-helpers';
import type { CatalogueRow, ErrorCatalogue } from '../docs/options/index.ts';

/** A code that is both thrown and returned is listed with the returned ones. */
export function errorCodeLists(): ErrorCatalogue {
  // As Node loads it: inside Vite, the CommonJS below the package would be rewritten.
  const { errorCatalogue } = createRequire(import.meta.url)(
    'authkit-session-helpers',
  ) as typeof import('authkit-session-helpers');
  const codes = Object.entries(errorCatalogue) as [string, ErrorCatalogueEntry][];
  const rows = (...lists: readonly ErrorCatalogueEntry['appears'][]): CatalogueRow[] =>
    codes
      .filter(([, { appears }]) => lists.includes(appears))
      .map(([code, { appears, meaning, remedy }]) => ({
        code,
        meaning,
        remedy,
        ...(appears === 'both' && { note: 'thrown at sign-in' }),
      }));
  return { thrown: rows('thrown'), returned: rows('returned', 'both'), warned: rows('warned') };
}
