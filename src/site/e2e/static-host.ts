/**
 * Simulates static hosts for the built site: how they apply `_headers`, according to their documentation, and how they
 * treat addresses of HTML files. Shares no code with the site's own server.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** One rule of `_headers`: a path and its lines, in order. */
interface Rule {
  path: string;
  lines: string[];
}

export interface StaticHost {
  name: string;
  /** The headers of the response for `path`. */
  headersOf(rules: readonly Rule[], path: string): Map<string, string>;
  /** Whether `/a.html` redirects to `/a`, and `/a/index.html` to `/a/`. */
  redirectsHtml: boolean;
  /** Answers a request with a function that is deployed with the site. `files` answers without it. */
  callFunction(deployed: DeployedFunction, request: Request, files: Answer): Promise<Response>;
}

type Answer = (request: Request | URL) => Promise<Response>;

/** The exports of a function's file. */
export interface DeployedFunction {
  onRequest(context: {
    request: Request;
    env: { ASSETS: { fetch: Answer } };
    next(): Promise<Response>;
  }): Promise<Response>;
  default(request: Request, context: { next(): Promise<Response> }): Promise<Response>;
}

/** https://developers.cloudflare.com/pages/configuration/headers/ and serving-pages/ */
const CLOUDFLARE_PAGES: StaticHost = {
  name: 'Cloudflare Pages',
  redirectsHtml: true,
  // https://developers.cloudflare.com/pages/functions/api-reference/
  callFunction: (deployed, request, files) =>
    deployed.onRequest({ request, env: { ASSETS: { fetch: files } }, next: () => files(request) }),
  headersOf: (rules, path) => {
    const headers = new Map<string, string>();
    for (const line of linesFor(rules, path)) {
      const detached = /^! (.*)$/.exec(line)?.[1]?.toLowerCase();
      if (detached !== undefined) {
        headers.delete(detached);
        continue;
      }
      const [name, value] = split(line);
      // "If a header is applied twice in the _headers file, the values are joined with a comma separator."
      headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
    }
    return headers;
  },
};

/** https://docs.netlify.com/manage/routing/headers/ and the command line tool, which applies rules in order. */
const NETLIFY: StaticHost = {
  name: 'Netlify',
  redirectsHtml: false,
  // https://docs.netlify.com/build/edge-functions/api/. Its own fetch comes back to the same host, and to the function.
  callFunction: (deployed, request, files) => deployed.default(request, { next: () => files(request) }),
  // A line without a colon is skipped, and a later rule replaces the value of an earlier one.
  headersOf: (rules, path) =>
    new Map(
      linesFor(rules, path)
        .filter((line) => line.includes(':'))
        .map(split),
    ),
};

export const STATIC_HOSTS: readonly StaticHost[] = [CLOUDFLARE_PAGES, NETLIFY];

/** Whether a rule matches: its path is exact, or a prefix if it ends with `*`. */
function linesFor(rules: readonly Rule[], path: string): string[] {
  return rules
    .filter((rule) => (rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : rule.path === path))
    .flatMap(({ lines }) => lines);
}

function split(line: string): [name: string, value: string] {
  const at = line.indexOf(':');
  return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
}

function parseRules(text: string): Rule[] {
  const rules: Rule[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    if (line.startsWith('/')) rules.push({ path: line, lines: [] });
    else rules.at(-1)?.lines.push(line.trim());
  }
  return rules;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
};

/** Serves `folder` on a free port, like `host`, with a function if one is deployed. */
export async function startStaticHost(
  host: StaticHost,
  folder: string,
  deployed?: DeployedFunction,
): Promise<{ url: string; close: () => Promise<void> }> {
  const rules = parseRules(await readFile(join(folder, '_headers'), 'utf8'));
  const answerPath = async (path: string): Promise<Response> => {
    const own = [...host.headersOf(rules, path)];
    const respond = (status: number, more: [string, string][], body?: Buffer<ArrayBuffer>) =>
      new Response(body, { status, headers: [...own, ...more] });
    if (host.redirectsHtml && path.endsWith('.html'))
      return respond(308, [['Location', path.replace(/(index)?\.html$/, '')]]);
    for (const file of [path, `${path}.html`, join(path, 'index.html')]) {
      const content = await readFile(join(folder, file)).catch(() => undefined);
      if (content) return respond(200, [['Content-Type', TYPES[extname(file)] ?? 'text/plain']], content);
    }
    return respond(404, [['Content-Type', TYPES['.html']!]], await readFile(join(folder, '404.html')));
  };
  const files: Answer = (request) => answerPath(new URL('url' in request ? request.url : request).pathname);
  const answer = async ({ url = '', headers }: IncomingMessage, response: ServerResponse) => {
    const path = url.split('?')[0]!;
    const request = () =>
      new Request(new URL(url, `http://${headers.host}`), { headers: { Accept: headers.accept ?? '' } });
    const given = await (deployed ? host.callFunction(deployed, request(), files) : answerPath(path));
    response.writeHead(given.status, [...given.headers].flat()).end(Buffer.from(await given.arrayBuffer()));
  };
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
