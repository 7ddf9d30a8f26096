/** An emulator → an HTTP server on the loopback interface. Only for Node. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import type { IssuedEnvironment, IssueOptions } from './credentials/environment.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts';
import { EmulatorError } from './emulator-error.ts';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

export interface StartOptions extends EmulatorOptions {
  /** The port to listen on. Defaults to 0, which means a free port. */
  port?: number;
  /** The loopback address to listen on: `127.0.0.1` (the default), `::1` or `localhost`. */
  hostname?: string;
}

/** An emulator with a server. */
export interface RunningEmulator extends Pick<Emulator, 'advanceClock' | 'failNext' | 'changeRole'> {
  /** Its address, such as `http://127.0.0.1:4010`, without a slash at the end. */
  url: string;
  /** Like `Emulator.issueEnvironment`, for programs that call the emulator at `url`. */
  issueEnvironment(options?: IssueOptions): Promise<IssuedEnvironment>;
  /** Like `Emulator.issueFixedEnvironment`, for programs that call the emulator at `url`. */
  issueFixedEnvironment(options?: IssueOptions): Promise<IssuedEnvironment>;
  /** Like `Emulator.expireSession`, for programs that call the emulator at `url`. */
  expireSession(sessionId: string): Promise<string>;
  /** Stops the server and closes open connections at once. Resolves when the port is free again. */
  close(): Promise<void>;
}

/** Starts an emulator. index.ts describes what it throws. */
export async function startEmulator(options: StartOptions = {}): Promise<RunningEmulator> {
  const { port = 0, hostname = '127.0.0.1', ...emulatorOptions } = options;
  refuseUnusableAddress(hostname, port);
  const emulator = createEmulator(emulatorOptions);
  const server = createAdaptorServer({
    fetch: (request) => emulator.fetch(request),
    // Otherwise it replaces the global Request and Response of the program.
    overrideGlobalObjects: false,
    createServer,
  }) as Server;
  server.on('connect', refuseTunnel);
  await listen(server, hostname, port);
  const { port: actualPort } = server.address() as AddressInfo;
  const url = `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${actualPort}`;
  return {
    url,
    issueEnvironment: (issueOptions) => emulator.issueEnvironment(url, issueOptions),
    issueFixedEnvironment: (issueOptions) => emulator.issueFixedEnvironment(url, issueOptions),
    expireSession: (sessionId) => emulator.expireSession(sessionId, url),
    advanceClock: emulator.advanceClock,
    failNext: emulator.failNext,
    changeRole: emulator.changeRole,
    close: () => close(server),
  };
}

function refuseUnusableAddress(hostname: string, port: number): void {
  if (!LOOPBACK.includes(hostname)) {
    throw new EmulatorError(
      'not_loopback',
      `Cannot start the emulator: "hostname" is "${hostname}", expected one of ${LOOPBACK.join(', ')}`,
      'Leave "hostname" out: the emulator signs with a public key, so other machines must not reach it',
    );
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new EmulatorError(
      'invalid_option',
      `Cannot start the emulator: "port" is ${String(port)}, expected a whole number from 0 to 65535`,
      'Pass a port from 0 to 65535; 0 takes a free one',
    );
  }
}

/** Without this, Node closes the connection of a client that uses the emulator as a proxy, without a response. */
function refuseTunnel(_request: IncomingMessage, socket: Duplex): void {
  // The client may have disconnected.
  socket.on('error', () => {});
  socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function listen(server: Server, hostname: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(describeListenError(error, hostname, port)));
    server.listen(port, hostname, resolve);
  });
}

function describeListenError(cause: NodeJS.ErrnoException, hostname: string, port: number): EmulatorError {
  if (cause.code === 'EADDRINUSE') {
    return new EmulatorError(
      'port_taken',
      `Cannot start the emulator: port ${port} of ${hostname} is taken, expected a free port`,
      'Stop the program that uses the port, or choose another port; 0 means a free one',
      { cause },
    );
  }
  return new EmulatorError(
    'port_refused',
    `Cannot start the emulator: the system refused ${hostname}:${port} (${cause.code}), expected an address it accepts`,
    'Choose a port from 1024 up, or 0 for a free port',
    { cause },
  );
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
