/** The languages a reference entry may be written for: their order on a page and the name a reader sees. */

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

/** The name a reader sees: `js` → `Node.js`; a language outside the table is shown as it is written. */
export function languageLabel(language: LanguageName): string {
  return Object.hasOwn(LABELS, language) ? (LABELS[language] ?? language) : language;
}

/** Languages in the order of the table, those outside it behind, by name. */
export function languageOrder(languages: Iterable<LanguageName>): LanguageName[] {
  const rank = (language: LanguageName) => (ORDER.includes(language) ? ORDER.indexOf(language) : ORDER.length);
  return [...new Set(languages)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
