/** The languages of reference entries: their order on a page, and their labels. */

/** A language key of the frontmatter: one of the table below, or any other word. */
export type LanguageName = string;

const LABELS: Record<LanguageName, string> = {
  js: 'Node.js',
  ruby: 'Ruby',
  python: 'Python',
  go: 'Go',
  java: 'Java',
  php: 'PHP',
  dotnet: '.NET',
  curl: 'cURL',
  json: 'JSON',
};

const ORDER = Object.keys(LABELS);

/** The label of a language: `js` → `Node.js`; languages outside the table keep their key. */
export function languageLabel(language: LanguageName): string {
  return Object.hasOwn(LABELS, language) ? (LABELS[language] ?? language) : language;
}

/** Sorts languages in the order of the table, then all others by name. */
export function languageOrder(languages: Iterable<LanguageName>): LanguageName[] {
  const rank = (language: LanguageName) => (ORDER.includes(language) ? ORDER.indexOf(language) : ORDER.length);
  return [...new Set(languages)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
