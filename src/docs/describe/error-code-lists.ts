/** The helpers' error catalogue → the codes that a page lists under one of the ways they appear. */
import { createRequire } from 'node:module';
import type { ErrorCatalogueEntry } from 'authkit-session-helpers';

// As Node loads it: the gate runs inside Vite, which would rewrite the CommonJS below the helpers.
const { errorCatalogue } = createRequire(import.meta.url)(
  'authkit-session-helpers',
) as typeof import('authkit-session-helpers');

/** The ways a page may list; a code that is both thrown and returned stands with the returned ones. */
export const CATALOGUE_LISTS = ['thrown', 'returned', 'warned'] as const;

/** One error code as pages list it. */
export interface CatalogueRow {
  code: string;
  meaning: string;
  remedy: string;
  /** Whether it is thrown at sign-in, besides being returned. */
  alsoThrown: boolean;
}

/** The codes of one list, in the catalogue's order; none for a list there is not. */
export function catalogueRows(list: string): CatalogueRow[] {
  const codes = Object.entries(errorCatalogue) as [string, ErrorCatalogueEntry][];
  return codes
    .filter(([, { appears }]) => appears === list || (appears === 'both' && list === 'returned'))
    .map(([code, { appears, meaning, remedy }]) => ({ code, meaning, remedy, alsoThrown: appears === 'both' }));
}
