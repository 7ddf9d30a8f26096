/** Markdown of descriptions and releases → HTML and plain text. */
import { markdownToHtml as toHtml } from 'satteri';
import { FEATURES } from './tree/page-tree.ts';

const OPTIONS = { features: { ...FEATURES, frontmatter: false } };

/** HTML of a whole text. */
export function markdownToHtml(markdown: string): string {
  return toHtml(markdown, OPTIONS).html;
}

/** HTML of one paragraph, without the `<p>` element. */
export function inlineMarkdown(markdown: string): string {
  return markdownToHtml(markdown)
    .trim()
    .replace(/^<p>(.*)<\/p>$/s, '$1');
}

/** Cache: languages and pages share descriptions. */
const plain = new Map<string, string>();

/** The text without markup, in one line. */
export function plainText(markdown: string): string {
  const known = plain.get(markdown);
  if (known !== undefined) return known;
  const text = inlineMarkdown(markdown)
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
  plain.set(markdown, text);
  return text;
}
