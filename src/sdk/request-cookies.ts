/** The cookies of a request, in the forms that frameworks provide → their values by name. */

/** One Cookie header, several, or cookies by name. */
export type RequestCookies =
  string | readonly string[] | Readonly<Record<string, string | undefined>> | null | undefined;

/** The decoded values of each cookie, in order. A name can appear more than once. */
export function parseCookies(cookies: RequestCookies): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const add = (name: string, value: string) => {
    const same = values.get(name);
    if (same) same.push(decode(value));
    else values.set(name, [decode(value)]);
  };
  if (typeof cookies === 'string' || Array.isArray(cookies)) {
    // Some servers join two headers with a comma, which a sealed session never contains.
    for (const pair of [cookies as string | string[]].flat().join(';').split(/[;,]/)) {
      const [, name, value] = /^\s*([^=\s]+)\s*=(.*)$/.exec(pair) ?? [];
      if (name !== undefined && value !== undefined) add(name, value.trim());
    }
  } else {
    for (const [name, value] of Object.entries(cookies ?? {})) add(name, value ?? '');
  }
  return values;
}

function decode(value: string): string {
  const text = value.replace(/^"(.*)"$/, '$1');
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded.
    return text;
  }
}
