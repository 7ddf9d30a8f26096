/** The emulator behind a server that records what is sent, and that can add to the answers. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createEmulator, type Emulator, type IssuedEnvironment } from '../../../emulator/index.ts';

type Fields = Record<string, any>;

export interface Exchange {
  /** Method and path, such as `POST /user_management/authenticate`. */
  route: string;
  request: Fields;
  status: number;
  /** The `X-Request-ID` of the answer. */
  requestId: string | null;
  /** The answer, if it is JSON. */
  answer: Fields;
}

export interface RecordingApi {
  emulator: Emulator;
  url: string;
  issueEnvironment(options?: Parameters<Emulator['issueEnvironment']>[1]): Promise<IssuedEnvironment>;
  /** The exchanges with POST of this client, in order. */
  exchangesOf(environment: IssuedEnvironment): Exchange[];
  /** Changes the answers that this client gets. */
  change(environment: IssuedEnvironment, change: (answer: Fields) => Fields): void;
  close(): Promise<void>;
}

export async function startRecordingApi(): Promise<RecordingApi> {
  const startedAtMs = Date.now();
  // The clock stands still, so a refresh token gets the same answer again at any time.
  const emulator = createEmulator({ now: () => startedAtMs, sessionLifeSec: 3_600 });
  const exchanges: (Exchange & { authorization: string | null })[] = [];
  const changes = new Map<string, (answer: Fields) => Fields>();
  const answer = async (given: Request): Promise<Response> => {
    if (given.method !== 'POST') return emulator.fetch(given);
    const text = await given.text();
    const { pathname } = new URL(given.url);
    const request = JSON.parse(text) as Fields;
    const response = await emulator.fetch(
      new Request(given.url, { method: 'POST', headers: [...given.headers], body: text }),
    );
    const { status, headers } = response;
    const body = await response.text();
    const fields = parse(body);
    const changed = fields && (changes.get(request['client_id'])?.(fields) ?? fields);
    exchanges.push({
      route: `POST ${pathname}`,
      request,
      status,
      requestId: headers.get('x-request-id'),
      answer: changed ?? {},
      authorization: given.headers.get('authorization'),
    });
    return new Response(changed ? JSON.stringify(changed) : body, { status, headers });
  };
  const server = createAdaptorServer({ fetch: answer, overrideGlobalObjects: false, createServer }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    emulator,
    url,
    issueEnvironment: (options) => emulator.issueEnvironment(url, options),
    exchangesOf: ({ WORKOS_CLIENT_ID: id, WORKOS_API_KEY: key }) =>
      exchanges
        .filter(({ request, authorization }) => request['client_id'] === id || authorization === `Bearer ${key}`)
        .map(({ authorization: _, ...exchange }) => exchange),
    change: ({ WORKOS_CLIENT_ID: id }, change) => void changes.set(id, change),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parse(text: string): Fields | undefined {
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return undefined;
  }
}
