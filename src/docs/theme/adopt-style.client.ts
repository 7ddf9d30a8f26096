/** Adds a stylesheet given as text to the document, once, in a way that the Content-Security-Policy allows. */
const adopted = new Set<string>();

export function adoptStyle(css: string): void {
  if (adopted.has(css)) return;
  adopted.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
