/** The Accept header of a request → whether it asks for Markdown rather than HTML. */

/** Only a type that is named counts: browsers accept everything, but ask for HTML. */
export function prefersMarkdown(accept = ''): boolean {
  const markdown = weightOf('text/markdown', accept);
  return markdown > 0 && markdown >= Math.max(weightOf('text/html', accept), weightOf('application/xhtml+xml', accept));
}

/** The `q` of a media type, 1 by default; 0 if the header does not name it. */
function weightOf(type: string, accept: string): number {
  const range = accept.split(',').find((each) => each.split(';')[0]?.trim().toLowerCase() === type);
  if (range === undefined) return 0;
  const [, q = '1'] = /;\s*q=([\d.]+)/i.exec(range) ?? [];
  return Number(q) || 0;
}
