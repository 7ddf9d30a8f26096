/**
 * Text, names and queries → search terms: whole names, their parts, and neighbouring parts
 * joined.
 */

/** Words, and names such as `daily_forecast` and `getForecastUrl`. */
export const WORDS = /[\p{L}\p{N}_]+/gu;

/** Neighbouring parts that are joined to one term, as readers may type them: `dailyforecast`, `forecasturl`. */
const JOINED_MAX = 4;

/** Stop words. */
const EMPTY_WORDS = new Set(
  'a an and are can do does for how i in is it my of on or the to what when where which why with you'.split(' '),
);

/** `getForecastUrl`, `get_forecast_url`, `get forecast url` → lower-case parts. */
export function partsOf(text: string): string[] {
  return (text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+|\p{Lo}+/gu) ?? []).map((part) => part.toLowerCase());
}

/** Terms of prose and code: every part, and each name's parts joined. */
export function termsOfText(text: string): string[] {
  return (text.match(WORDS) ?? []).flatMap(termsOfTitle);
}

/** Terms of a title or a name: every part, and neighbouring parts joined. */
export function termsOfTitle(title: string): string[] {
  const parts = partsOf(title);
  if (parts.length === 1) return parts;
  return parts.flatMap((_, at) =>
    Array.from({ length: Math.min(JOINED_MAX, parts.length - at) }, (__, more) =>
      parts.slice(at, at + more + 1).join(''),
    ),
  );
}

/** All parts of a name or a title as one term. */
export function joinedName(name: string): string {
  return partsOf(name).join('');
}

/** The words of a query. */
export function wordsOf(query: string): string[] {
  // Input methods of some languages type full-width letters.
  return (query.normalize('NFKC').match(WORDS) ?? []).filter((word) => partsOf(word).length > 0);
}

/** The words of a query without stop words; all words if only stop words remain. */
export function tellingWords(query: string): string[] {
  const words = wordsOf(query);
  const telling = words.filter((word) => !EMPTY_WORDS.has(word.toLowerCase()));
  return telling.length > 0 ? telling : words;
}

/** All words of a query as one term, with and without stop words. */
export function joinedQueries(query: string): Set<string> {
  return new Set([tellingWords(query), wordsOf(query)].map((words) => joinedName(words.join(' '))));
}

/** The name in `city (string): Its name.` */
export function nameOf(row: string): string {
  return /^[^ :(]*/.exec(row)?.[0] ?? row;
}
