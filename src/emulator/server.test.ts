import { createServer } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { EmulatorError, startEmulator } from './index.ts';

/** Kept before the first emulator starts. */
const { Request: OWN_REQUEST, Response: OWN_RESPONSE } = globalThis;

describe('a started emulator', () => {
  it('listens on a free port of 127.0.0.1, and frees it again', async () => {
    const emulator = await startEmulator();
    expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { port } = new URL(emulator.url);
    await emulator.close();
    await expect(fetch(emulator.url)).rejects.toThrow();
    const again = await startEmulator({ port: Number(port) });
    expect(again.url).toBe(emulator.url);
    await again.close();
  });

  it('has its IPv6 address in brackets, or says that the system refused it', async () => {
    const start = startEmulator({ hostname: '::1' });
    const addresses = Object.values(networkInterfaces()).flat();
    if (addresses.some((each) => each?.address === '::1')) {
      const emulator = await start;
      expect(emulator.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
      expect((await fetch(`${emulator.url}/_emulator/clock`)).status).toBe(200);
      await emulator.close();
    } else {
      await expect(start).rejects.toMatchObject({
        code: 'port_refused',
        message: expect.stringMatching(
          /^Cannot start the emulator: the system refused ::1:0 \(E\w+\), expected an address/,
        ),
      });
    }
  });

  it('is called localhost if it was asked to listen there', async () => {
    const emulator = await startEmulator({ hostname: 'localhost' });
    expect(emulator.url).toMatch(/^http:\/\/localhost:\d+$/);
    expect((await fetch(`${emulator.url}/_emulator/clock`)).status).toBe(200);
    expect(await emulator.issueFixedEnvironment()).toMatchObject({ WORKOS_API_HOSTNAME: 'localhost' });
    await emulator.close();
  });

  it('ends open connections and unanswered requests when it is closed', async () => {
    const emulator = await startEmulator({ faults: [{ kind: 'hang', route: 'jwks' }] });
    const hanging = fetch(`${emulator.url}/sso/jwks/client_1`).then(
      () => 'answered',
      () => 'ended',
    );
    const idle = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const ended = new Promise((resolve) => idle.once('close', resolve));
    // A reset ends a connection as well as a close does; without a listener it would end the test run.
    idle.on('error', (error) => expect(error).toMatchObject({ code: 'ECONNRESET' }));
    await emulator.close();
    expect(await hanging).toBe('ended');
    await ended;
  });

  it('answers a client that uses it as a proxy', async () => {
    const emulator = await startEmulator();
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    socket.end('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n');
    const answer = await new Promise((resolve) => socket.once('data', (chunk: Buffer) => resolve(chunk.toString())));
    expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    await emulator.close();
  });

  it('does not replace the global Request and Response', async () => {
    await (await startEmulator()).close();
    expect([globalThis.Request === OWN_REQUEST, globalThis.Response === OWN_RESPONSE]).toEqual([true, true]);
  });

  it('says where it is in the environment it issues', async () => {
    const emulator = await startEmulator();
    const environment = await emulator.issueEnvironment();
    expect(environment).toMatchObject({
      WORKOS_API_HOSTNAME: '127.0.0.1',
      WORKOS_API_PORT: new URL(emulator.url).port,
      WORKOS_API_HTTPS: 'false',
    });
    expect(Object.values(environment).every((value) => typeof value === 'string')).toBe(true);
    await emulator.close();
  });
});

describe('startEmulator', () => {
  it('reports a port that another program uses', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const start = startEmulator({ port });
    await expect(start).rejects.toBeInstanceOf(EmulatorError);
    await expect(start).rejects.toMatchObject({
      code: 'port_taken',
      message: expect.stringContaining(`port ${port} of 127.0.0.1 is taken`),
      remedy: expect.stringContaining('choose another port'),
    });
    await new Promise((resolve) => other.close(resolve));
  });

  const elsewhere = ['0.0.0.0', '::', '192.168.1.4', 'example.com', ''];
  it.each(elsewhere)('refuses to listen on "%s"', async (hostname) => {
    await expect(startEmulator({ hostname })).rejects.toMatchObject({ code: 'not_loopback' });
  });

  it.each([-1, 65_536, 1.5, Number.NaN])('refuses port %s', async (port) => {
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: 'invalid_option' });
  });
});
