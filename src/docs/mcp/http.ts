/** A server over HTTP, without sessions: each POST is a message, and the response its answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { MESSAGE_BYTES_MAX } from './stdio.ts';

/** Milliseconds in which a message must have arrived. */
const RECEIVE_MS_MAX = 10_000;

export interface HttpOptions {
  /** Creates the server that answers one message. */
  createServer: () => McpServer;
  /** The name of this machine in addresses, if it has one, such as `docs.example.com`. */
  hostname?: string | undefined;
  /** Default: 10 seconds. */
  receiveMsMax?: number | undefined;
}

/** Answers a request to the address of the server, whatever its method. Never rejects. */
export async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  { createServer, hostname, receiveMsMax = RECEIVE_MS_MAX }: HttpOptions,
): Promise<void> {
  const refusal = findRefusal(request, hostname);
  if (refusal !== undefined) return refuse(response, 403, refusal);
  if (request.method !== 'POST') {
    response.setHeader('Allow', 'POST');
    return refuse(response, 405, `Cannot answer ${request.method}: expected POST with a JSON-RPC message`);
  }
  const late = setTimeout(
    () => refuse(response, 408, `Cannot read the message: it took over ${receiveMsMax} ms`),
    receiveMsMax,
  );
  request.once('end', () => clearTimeout(late));
  try {
    const transport = new WebStandardStreamableHTTPServerTransport({
      enableJsonResponse: true,
      maxRequestBodySize: MESSAGE_BYTES_MAX,
    });
    const server = createServer();
    response.once('close', () => void server.close());
    await server.connect(transport as never);
    const answer = await transport.handleRequest(toRequest(request));
    if (response.headersSent) return;
    const text = await answer.text();
    // What is left of a body that was too large is not read.
    if (answer.status === 413) response.setHeader('Connection', 'close');
    response.writeHead(answer.status, [...answer.headers].flat()).end(text);
  } catch {
    // The client has gone, or has sent a body that ends early.
    if (!response.headersSent) refuse(response, 400, 'Cannot read the message: the request was not complete');
  } finally {
    clearTimeout(late);
  }
}

/**
 * Why a browser may not be allowed to ask: a page of another origin, or a name that somebody else has made to lead to this
 * machine (DNS rebinding).
 */
function findRefusal({ headers }: IncomingMessage, own: string | undefined): string | undefined {
  const host = URL.parse(`http://${headers.host ?? ''}`);
  const name = host?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  if (isIP(name) === 0 && name !== 'localhost' && name !== own)
    return `Cannot answer at the host "${name}": expected an IP address${own === undefined ? '' : `, ${own}`} or localhost`;
  const { origin } = headers;
  if (origin === undefined || URL.parse(origin)?.host === host?.host) return undefined;
  return `Cannot answer a page of ${JSON.stringify(origin)}: expected a page of this site, or no page`;
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) return;
  response
    .writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' })
    .end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32_600, message } }));
}

function toRequest(request: IncomingMessage): Request {
  const { method = 'POST', url = '/', headers } = request;
  return new Request(new URL(url, 'http://localhost'), {
    method,
    headers: Object.entries(headers).flatMap(([name, values]) =>
      [values ?? []].flat().map((value): [string, string] => [name, value]),
    ),
    body: Readable.toWeb(request) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
}
