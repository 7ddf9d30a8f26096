/** A stylesheet as text → one more of the document's, once, as the policy of the pages allows. */
const adopted = new Set<string>();

export function adoptStyle(css: string): void {
  if (adopted.has(css)) return;
  adopted.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
