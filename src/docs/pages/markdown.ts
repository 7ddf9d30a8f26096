/** Markdown of descriptions and of a changelog's releases → HTML, and the text that a reader sees of it. */
import { markdownToHtml as toHtml } from 'satteri';
import { FEATURES } from './page-tree.ts';

const OPTIONS = { features: { ...FEATURES, frontmatter: false } };

/** HTML of a whole text. */
export function markdownToHtml(markdown: string): string {
  return toHtml(markdown, OPTIONS).html;
}

/** HTML of one paragraph, without the paragraph around it. */
export function inlineMarkdown(markdown: string): string {
  return markdownToHtml(markdown)
    .trim()
    .replace(/^<p>(.*)<\/p>$/s, '$1');
}

/** Of descriptions, which languages and pages have in common. */
const plain = new Map<string, string>();

/** The words alone, in one line. */
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
