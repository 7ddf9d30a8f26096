/** Text → a URL; undefined for anything else. Node 20 has no `URL.parse`. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
