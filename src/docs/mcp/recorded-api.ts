/** The emulator of a project → an API for one program, in a scenario, that notes each request and its response. */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nearestName } from '../findings/index.ts';
import type { Project } from '../options/index.ts';
import { type Exchange, redactBody } from '../run/index.ts';
import { type EmulatorModule, importEmulator } from '../snippets/index.ts';
import { ToolError } from './tool.ts';

export interface RecordedApi {
  /** The environment of the program. */
  issueEnvironment: () => Promise<Record<string, string>>;
  /** What it has asked so far, without secrets. */
  exchanges: Exchange[];
  close: () => Promise<void>;
}

/** Exchanges and characters of a body that are noted. */
const EXCHANGES_MAX = 50;
const BODY_LETTERS_MAX = 4_000;
/** Bytes of a request that are read. */
const REQUEST_BYTES_MAX = 1_048_576;

/** An emulator without a server, as examples in a page use it. */
interface Emulator {
  fetch(request: Request): Promise<Response>;
  issueEnvironment(origin: string, options?: object): Promise<Record<string, string>>;
}

type Issue = (server: object, scenario: string) => Promise<Record<string, string>>;

/** The names of the scenarios, the usual one first; none without an emulator that has them. */
export async function scenarioNames(project: Project): Promise<string[]> {
  const { SCENARIOS = {}, issueScenario } = (await importEmulator(project)) ?? {};
  return issueScenario ? Object.keys(SCENARIOS) : [];
}

/**
 * Starts the API in `scenario`, by default the usual one. Without an emulator the environment is empty; one that only has
 * a server of its own is not recorded. Throws a `ToolError` for an unknown scenario.
 */
export async function openRecordedApi(project: Project, scenario: string | undefined): Promise<RecordedApi> {
  const module = await importEmulator(project);
  const names = await scenarioNames(project);
  if (scenario !== undefined && !names.includes(scenario)) {
    const nearest = nearestName(scenario, names);
    const known = names.length === 0 ? 'the API of this site has none' : `expected one of ${names.join(', ')}`;
    throw new ToolError(
      `Cannot run in scenario "${scenario}": ${known}${nearest === undefined ? '' : ` (nearest "${nearest}")`}`,
    );
  }
  const issue = names.length > 0 ? (module?.issueScenario as Issue | undefined) : undefined;
  const chosen = scenario ?? names[0] ?? '';
  if (!module) return { issueEnvironment: () => Promise.resolve({}), exchanges: [], close: () => Promise.resolve() };
  if (!module.createEmulator) return openServer(module, (server) => issue?.(server, chosen));

  const emulator = module.createEmulator() as Emulator;
  const exchanges: Exchange[] = [];
  const server = createServer((request, response) => {
    answer(request, response, emulator, exchanges).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issueEnvironment = (options?: object) => emulator.issueEnvironment(origin, options);
  return {
    issueEnvironment: () => issue?.({ ...emulator, issueEnvironment }, chosen) ?? issueEnvironment(),
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The emulator's own server, whose requests are not seen. */
async function openServer(
  { startEmulator }: EmulatorModule,
  issue: (server: object) => Promise<Record<string, string>> | undefined,
): Promise<RecordedApi> {
  const server = await startEmulator();
  return {
    issueEnvironment: async () =>
      ({ ...(await (issue(server) ?? server.issueEnvironment())) }) as Record<string, string>,
    exchanges: [],
    close: () => server.close(),
  };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  emulator: Emulator,
  exchanges: Exchange[],
): Promise<void> {
  const { method = 'GET', url = '/', headers } = incoming;
  const sent = await readBody(incoming);
  if (sent === undefined) {
    outgoing.writeHead(413, { Connection: 'close' }).end();
    return;
  }
  const request = new Request(new URL(url, `http://${headers.host ?? '127.0.0.1'}`), {
    method,
    headers: Object.entries(headers).flatMap(([name, values]) =>
      [values ?? []].flat().map((value): [string, string] => [name, value]),
    ),
    ...(sent !== '' && !['GET', 'HEAD'].includes(method) && { body: sent }),
  });
  const response = await emulator.fetch(request);
  const answered = await response.clone().text();
  if (exchanges.length < EXCHANGES_MAX)
    exchanges.push({
      method,
      path: new URL(request.url).pathname,
      status: response.status,
      sent: describeBody(sent),
      answered: describeBody(answered),
    });
  outgoing.writeHead(response.status, [...response.headers].flat()).end(Buffer.from(await response.arrayBuffer()));
}

function describeBody(body: string): string {
  const text = redactBody(body);
  return text.length <= BODY_LETTERS_MAX ? text : `${text.slice(0, BODY_LETTERS_MAX)}… (${text.length} characters)`;
}

/** Undefined if it is too large. */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > REQUEST_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
