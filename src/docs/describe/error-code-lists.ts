/** The helpers' error catalogue → lists of codes by how they appear. */
import { createRequire } from 'node:module';
import type { ErrorCatalogueEntry } from 'authkit-session-helpers';

// Loaded by Node's require: this code also runs inside Vite, which would rewrite CommonJS dependencies of the helpers.
const { errorCatalogue } = createRequire(import.meta.url)(
  'authkit-session-helpers',
) as typeof import('authkit-session-helpers');

/** Names of the lists; a code that is both thrown and returned is in `returned`. */
export const CATALOGUE_LISTS = ['thrown', 'returned', 'warned'] as const;

/** One error code in a list. */
export interface CatalogueRow {
  code: string;
  meaning: string;
  remedy: string;
  /** Whether it is also thrown at sign-in. */
  alsoThrown: boolean;
}

/** The codes of one list, in the catalogue's order; empty for an unknown list. */
export function catalogueRows(list: string): CatalogueRow[] {
  const codes = Object.entries(errorCatalogue) as [string, ErrorCatalogueEntry][];
  return codes
    .filter(([, { appears }]) => appears === list || (appears === 'both' && list === 'returned'))
    .map(([code, { appears, meaning, remedy }]) => ({ code, meaning, remedy, alsoThrown: appears === 'both' }));
}
