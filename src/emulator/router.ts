/** A table of routes → the one that a request is for, and what its address says. */

/** A request, taken apart as far as its address goes. */
export interface Call {
  request: Request;
  url: URL;
  /** The parts of the path that the route names, decoded. */
  params: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Response | Promise<Response>;

/** `GET /path/:name` → what answers it. HEAD is answered as GET. */
export type Routes = Readonly<Record<string, Handler>>;

/** The answer of the route that fits; undefined where none does. */
export function route(routes: Routes, request: Request): Response | Promise<Response> | undefined {
  const url = new URL(request.url);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  for (const [pattern, handler] of Object.entries(routes)) {
    const groups = new RegExp(`^${pattern.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(`${method} ${url.pathname}`);
    if (groups) return handler({ request, url, params: decodeAll(groups.groups ?? {}) });
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
    // Not encoded as it should be: then it stands for itself, and names nothing.
    return text;
  }
}
