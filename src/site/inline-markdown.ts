/** Markdown of one paragraph → HTML without the paragraph around it. */
import { markdownToHtml } from 'satteri';

export function inlineMarkdown(markdown: string): string {
  return markdownToHtml(markdown, { features: { frontmatter: false, smartPunctuation: true } })
    .html.trim()
    .replace(/^<p>(.*)<\/p>$/s, '$1');
}
