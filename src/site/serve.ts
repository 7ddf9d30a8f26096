/** A folder of the built site → an HTTP server on this machine. */
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import sirv from 'sirv';
import { headersFor, readHeaders } from './security-headers.ts';

export interface SiteServer {
  url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  folder: string;
  /** Port to listen on; 0 takes a free one. */
  port: number;
}

/** Serves `folder` on 127.0.0.1 with the headers of its `_headers` file. Throws when the port is taken. */
export async function serveSite({ folder, port }: ServeOptions): Promise<SiteServer> {
  const rules = await readHeaders(folder);
  const files = sirv(folder, { etag: true, brotli: true });
  const notFound = await readFile(join(folder, '404.html')).catch(() => 'Not found');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeaders(headersFor(rules, pathname));
    files(request, response, () => {
      response
        .setHeaders(headersFor(rules, '/404.html'))
        .writeHead(404, { 'content-type': 'text/html; charset=utf-8' })
        .end(notFound);
    });
  });
  await listen(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Throws the sentence that says a port is taken, before anything costly is done for it. */
export async function checkPort(port: number): Promise<void> {
  const server = createServer();
  await listen(server, port);
  await new Promise((resolve) => server.close(resolve));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(describeListenError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
}

function describeListenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(
    `Cannot serve on port ${port}: another program uses it. Choose one with --port, such as --port ${port + 1}`,
  );
}
