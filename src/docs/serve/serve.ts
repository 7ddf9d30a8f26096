/** Serves a folder of the built site over HTTP on this machine. */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import send from 'send';
import { withoutBase } from '../options/index.ts';
import { prefersMarkdown } from './prefers-markdown.ts';
import { HEADERS_FILE, headersFor, readHeaders } from './security-headers.ts';

const LOCAL = '127.0.0.1';
const REDIRECTS_FILE = '_redirects';
/** Where agents ask, over the Model Context Protocol. */
const MCP_PATH = '/mcp';

export interface SiteServer {
  url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  folder: string;
  /** Port to listen on; 0 picks a free one. */
  port: number;
  /** The path that the site is below, such as `/docs`. Default: none. */
  base?: string;
  /** Address to listen on. Default: 127.0.0.1. */
  host?: string;
  /** Answers agents at `/mcp`. Default: nobody does. */
  mcp?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Serves `folder` with the headers of its `_headers` file. Throws if the port is taken. */
export async function serveSite({ folder, port, base = '', host = LOCAL, mcp }: ServeOptions): Promise<SiteServer> {
  const rules = await readHeaders(folder);
  const redirects = await readRedirects(folder);
  const notFound = await readFile(join(folder, '404.html')).catch(() => 'Not found');
  const server = createServer((request, response) => {
    const asked = pathOf(request.url ?? '');
    // Outside the site, a path that no file has.
    const path = withoutBase(asked, base) ?? '//';
    response.setHeaders(headersFor(rules, asked));
    // Each page has two forms.
    if (isPage(path)) response.setHeader('Vary', 'Accept');
    if (mcp && path === MCP_PATH && isOfAgent(request)) {
      void mcp(request, response);
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    } else if (redirects.has(asked)) {
      response.writeHead(301, { Location: redirects.get(asked) }).end();
    } else if ([`/${HEADERS_FILE}`, `/${REDIRECTS_FILE}`].includes(path) || path.includes('//')) {
      sendNotFound(response, notFound);
    } else if (isPage(path) && prefersMarkdown(request.headers.accept)) {
      sendMarkdown(request, response, { folder, path, notFound });
    } else sendFile(request, response, { folder, path, notFound });
  });
  server.on('connect', (_request, socket) => {
    // Node.js passes this socket without an error listener.
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nConnection: close\r\n\r\n');
  });
  await listen(server, port, host);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whether a request is one of the Model Context Protocol, and not for a page at the same address. */
function isOfAgent({ method = '', headers: { accept = '' } }: IncomingMessage): boolean {
  return !['GET', 'HEAD'].includes(method) || accept.includes('text/event-stream');
}

/** The `_redirects` file in `folder`: the new path, by each former one. */
async function readRedirects(folder: string): Promise<Map<string, string>> {
  const text = await readFile(join(folder, REDIRECTS_FILE), 'utf8').catch(() => '');
  return new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const [from, to] = line.split(' ');
      return from && to ? [[from, to]] : [];
    }),
  );
}

/**
 * The path that the first line of a request names, whatever it contains: `/a?b` and `http://host/a` → `/a`. A target
 * that is not an address, such as `*`, becomes a path that no file has.
 */
export function pathOf(target: string): string {
  const url = URL.parse(/^(\/|$)/.test(target) ? `http://localhost${target}` : target);
  return url?.pathname.startsWith('/') ? url.pathname : `/${target}`;
}

interface FileRequest {
  folder: string;
  path: string;
  notFound: Buffer | string;
}

/** Responds with `file`, an absolute path. */
export function sendFileAt(file: string, request: IncomingMessage, response: ServerResponse): void {
  send(request, encodeURI(file)).pipe(response);
}

/** Whether a path is that of a page, and not of a file. */
function isPage(path: string): boolean {
  return !/\.\w+$/.test(path);
}

/** Responds with the Markdown of the page at `path`; if it has none, with its HTML. */
function sendMarkdown(request: IncomingMessage, response: ServerResponse, asked: FileRequest): void {
  const { folder, path } = asked;
  send(request, path === '/' ? '/index.md' : `${path.replace(/\/$/, '')}.md`, { root: folder })
    .on('error', () => (response.headersSent ? response.destroy() : sendFile(request, response, asked)))
    .pipe(response);
}

/** Responds with the file at `path`, or with the 404 page. */
function sendFile(request: IncomingMessage, response: ServerResponse, { folder, path, notFound }: FileRequest): void {
  send(request, path, { root: folder })
    .on('directory', () => sendFile(request, response, { folder, path: `${path}/`, notFound }))
    .on('error', ({ status }: { status: number }) => {
      if (response.headersSent) response.destroy();
      else if (status === 412 || status === 416) response.writeHead(status).end();
      else sendNotFound(response, notFound);
    })
    .pipe(response);
}

function sendNotFound(response: ServerResponse, page: Buffer | string): void {
  response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
}

/** Throws if the port is taken, before any expensive work. */
export async function checkPort(port: number, host = LOCAL): Promise<void> {
  const server = createServer();
  await listen(server, port, host);
  await new Promise((resolve) => server.close(resolve));
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(describeListenError(error, port, host)));
    server.listen(port, host, resolve);
  });
}

function describeListenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (['ENOTFOUND', 'EADDRNOTAVAIL', 'EAI_AGAIN'].includes(error.code ?? ''))
    return new Error(`Cannot serve on host "${host}": it must be an address of this machine. Omit --host for ${LOCAL}`);
  if (error.code === 'EACCES')
    return new Error(`Cannot serve on port ${port}: permission denied. Choose one above 1023 with --port`);
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(
    `Cannot serve on port ${port}: another program uses it. Choose one with --port, such as --port ${port + 1}`,
  );
}
