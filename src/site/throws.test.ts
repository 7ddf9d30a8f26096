/** Compares what the reference says that methods throw with the error codes of the package. */
import { fileURLToPath } from 'node:url';
import { errorCatalogue } from 'authkit-session-helpers';
import { expect, it } from 'vitest';
import { readReference } from '../docs/reference/index.ts';
import { readPages } from '../docs/pages/index.ts';
import { siteProject } from './docs-options.ts';

const sources = await readPages(fileURLToPath(new URL('../../', import.meta.url)));
const { pages } = await readReference(
  sources.map(({ frontmatter }) => frontmatter),
  siteProject(),
);
const entries = pages.flatMap((page) => page.entries);
const methods = entries.filter(({ language, title }) => language === 'js' && title.endsWith('()'));
const codesOf = ({ throws = [] }: (typeof entries)[number]) =>
  throws.flatMap(({ names }) => names.map(({ text }) => text));

/** These only read or measure what they are given. */
const NEVER_THROW = ['countCookieBytes()', 'joinCookie()', 'readSessionCookie()'];

it('says of every method what it throws, with codes that can be thrown', () => {
  const silent = methods.filter((entry) => codesOf(entry).length === 0).map(({ title }) => title);
  expect(silent.toSorted()).toEqual(NEVER_THROW);
  const thrown = Object.entries(errorCatalogue).filter(([, { appears }]) => ['thrown', 'both'].includes(appears));
  expect(new Set(methods.flatMap(codesOf))).toEqual(new Set(thrown.map(([code]) => code)));
});

it('says the same in every language', () => {
  const pairs = methods.flatMap((method) =>
    entries
      .filter(({ id, page, language }) => id === method.id && page === method.page && language !== 'js')
      .map((entry) => ({ method, entry })),
  );
  expect(pairs.length).toBeGreaterThan(10);
  for (const { method, entry } of pairs) expect(codesOf(entry)).toEqual(codesOf(method));
});
