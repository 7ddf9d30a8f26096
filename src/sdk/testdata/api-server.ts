/** The API of the tests: real sockets, real signatures, and every way of misbehaving. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSigner, goodClaims, type Signer } from './signer.ts';

export interface ApiRequest {
  headers: IncomingMessage['headers'];
  body: Record<string, string>;
}

/** Answers one request; `next()` gives the regular answer. */
export type Behaviour = (request: ApiRequest, response: ServerResponse, next: () => void) => void;

export interface TestApi {
  port: number;
  /** Options of `new WorkOS()` that lead here. */
  options: { apiKey: string; clientId: string; apiHostname: string; port: number; https: false };
  /** Keys the key server gives. */
  keys: unknown;
  signer: Signer;
  /** Number of requests for keys. */
  keyRequests: number;
  /** Requests to authenticate, in order. */
  requests: ApiRequest[];
  /** Behaviour of the key server. */
  onKeys: Behaviour;
  /** Behaviour of `POST /user_management/authenticate`. */
  onAuthenticate: Behaviour;
  /** What the next regular answers say besides the tokens. */
  answer: Record<string, unknown>;
  /** A regular answer, as the API gives it. */
  session(claims?: Record<string, unknown>): Record<string, unknown>;
  close(): Promise<void>;
}

export const API_KEY = 'sk_test_0123456789';
export const apiUser = {
  object: 'user',
  id: 'user_01',
  email: 'ada@example.com',
  email_verified: true,
  name: 'Ada Lovelace',
  first_name: 'Ada',
  last_name: 'Lovelace',
  profile_picture_url: null,
  last_sign_in_at: '2026-01-01T00:00:00.000Z',
  locale: 'en-GB',
  created_at: '2025-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  external_id: null,
  metadata: { team: 'engines' },
};

export async function startApi(signer = createSigner()): Promise<TestApi> {
  let refreshes = 0;
  const server = createServer((message, response) => {
    void readBody(message).then((body) => {
      const request = { headers: message.headers, body };
      if (message.url?.startsWith('/sso/jwks/')) {
        api.keyRequests++;
        api.onKeys(request, response, () => sendJson(response, 200, api.keys));
      } else {
        api.requests.push(request);
        api.onAuthenticate(request, response, () => sendJson(response, 200, api.session()));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const api: TestApi = {
    port,
    options: { apiKey: API_KEY, clientId: 'client_01', apiHostname: '127.0.0.1', port, https: false },
    keys: { keys: [signer.jwk] },
    signer,
    keyRequests: 0,
    requests: [],
    onKeys: (_request, _response, next) => next(),
    onAuthenticate: (_request, _response, next) => next(),
    answer: {},
    session: (claims = {}) => ({
      user: apiUser,
      organization_id: 'org_01',
      access_token: api.signer.token(goodClaims({ jti: `jti_${++refreshes}`, ...claims })),
      refresh_token: `refresh_token_${refreshes}`,
      authentication_method: 'Password',
      ...api.answer,
    }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return api;
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function readBody(message: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, string>);
}
