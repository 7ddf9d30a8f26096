/** A list of routes → the one that matches a request, and the parameters in its path. */

/** A request and the parts of its address. */
export interface Call {
  request: Request;
  url: URL;
  /** The parameters in the path, decoded. */
  params: Readonly<Record<string, string>>;
}

/** The route, such as `GET /path/:name`, that matches the request; undefined if none does. HEAD matches as GET. */
export function route<Name extends string>(
  names: readonly Name[],
  request: Request,
): { name: Name; call: Call } | undefined {
  const url = new URL(request.url);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  for (const name of names) {
    const match = new RegExp(`^${name.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(`${method} ${url.pathname}`);
    if (match) return { name, call: { request, url, params: decodeAll(match.groups ?? {}) } };
  }
  return undefined;
}

function decodeAll(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, text]) => [name, decode(text)]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Text that is not encoded correctly is used as it is. It matches no id.
    return text;
  }
}
