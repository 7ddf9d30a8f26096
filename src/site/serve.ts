/** A folder of the built site → an HTTP server on this machine. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import sirv from 'sirv';
import { readHeaders } from './security-headers.ts';

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
  const headers = new Headers(await readHeaders(folder));
  const files = sirv(folder, { etag: true });
  const notFound = await readFile(join(folder, '404.html')).catch(() => 'Not found');
  const server = createServer((request, response) => {
    response.setHeaders(headers);
    files(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(notFound);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(describeListenError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
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

function describeListenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(`Cannot serve on port ${port}: another program uses it. Choose one with --port, such as --port ${port + 1}`);
}
