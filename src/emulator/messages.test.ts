/** The words of the emulator's own errors: what is wrong, what was expected, and what to do. */
import { expect, it } from 'vitest';
import { EmulatorError, createEmulator, startEmulator } from './index.ts';

const ORIGIN = 'http://127.0.0.1:4010';
const emulator = createEmulator();

it.each<[message: string, provoke: () => unknown]>([
  [
    'Cannot move the clock: -1000000000000 seconds from now is not a time from 1970 to 9999. Pass the number of seconds to move it by; a negative number moves it back',
    () => emulator.advanceClock(-1e12),
  ],
  [
    'Cannot expire session: there is no session "session_1", expected the id of one. Pass the "sessionId" of a result',
    () => emulator.expireSession('session_1', ORIGIN),
  ],
  [
    'Cannot issue environment: "session" is "signed-on", expected one of signed-in, expired, impersonated, no-organization. Pass one of these names',
    () => emulator.issueEnvironment(ORIGIN, { session: 'signed-on' as never }),
  ],
  [
    'Cannot issue environment: "origin" is "ftp://a", expected an http or https URL. Pass the URL that programs call the emulator at, such as http://127.0.0.1:4010',
    () => emulator.issueEnvironment('ftp://a'),
  ],
  [
    'Cannot start the emulator: "sessionLifeSec" is 0, expected a whole number from 1 to 31536000. Pass the number of seconds that access tokens are valid',
    () => createEmulator({ sessionLifeSec: 0 }),
  ],
  [
    'Cannot set fault: "route" is "authorize", expected one of authenticate, jwks. Set "route" to one of authenticate, jwks',
    () => emulator.failNext({ kind: 'hang', route: 'authorize' as never }),
  ],
  [
    'Cannot set fault: "times" is 0, expected a whole number from 1. Set "times" to a whole number from 1',
    () => emulator.failNext({ kind: 'hang', times: 0 }),
  ],
  [
    'Cannot start the emulator: "hostname" is "0.0.0.0", expected one of 127.0.0.1, ::1, localhost. Leave "hostname" out: the emulator signs with a public key, so other machines must not reach it',
    () => startEmulator({ hostname: '0.0.0.0' }),
  ],
  [
    'Cannot start the emulator: "port" is 65536, expected a whole number from 0 to 65535. Pass a port from 0 to 65535; 0 takes a free one',
    () => startEmulator({ port: 65_536 }),
  ],
])('%s', async (message, provoke) => {
  const error = await (async () => provoke())().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EmulatorError);
  expect((error as EmulatorError).message).toBe(message);
  expect(message.endsWith(`. ${(error as EmulatorError).remedy}`)).toBe(true);
});

it('names the port that is taken, and what to do', async () => {
  const running = await startEmulator();
  const port = Number(new URL(running.url).port);
  await expect(startEmulator({ port })).rejects.toThrow(
    `Cannot start the emulator: port ${port} of 127.0.0.1 is taken, expected a free port. Stop the program that uses the port, or choose another port; 0 means a free one`,
  );
  await running.close();
});
