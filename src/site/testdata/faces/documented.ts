/** The entries of the pages → what they document of the wrappers for Ruby and Python. */
import { join } from 'node:path';
import { type Entry, type Property, findEntries, readReference } from '../../../docs/reference/index.ts';
import { readPages } from '../../../docs/pages/index.ts';
import { siteProject } from '../../docs-options.ts';

export type Language = 'ruby' | 'python';
/** An object of JSON. */
export type Fields = Record<string, any>;

export const LANGUAGES = ['ruby', 'python'] as const;

const sources = await readPages(join(import.meta.dirname, '../../../..'));
export const { pages } = await readReference(
  sources.map(({ frontmatter }) => frontmatter),
  siteProject(),
);

export function entriesOf(language: Language): Entry[] {
  return pages.flatMap(({ entries }) => entries.filter((entry) => entry.language === language));
}

export function entryOf(language: Language, id: string): Entry {
  const entry = findEntries(pages, id, '').find((each) => each.language === language);
  if (!entry) throw new Error(`Cannot test ${id}: no entry in ${language} has this id`);
  return entry;
}

export const keysOf = (rows: readonly Property[]) => rows.map(({ key }) => key);

/** The documented fields of each object, by the name of the field that has it. */
export function fieldsOf(language: Language): Record<string, string[]> {
  const response = keysOf(entryOf(language, 'authentication_response').properties);
  const [user, impersonator] = ['user', 'impersonator'].map((id) => keysOf(entryOf(language, id).properties));
  return { response, session: response, user: user!, impersonator: impersonator! };
}
