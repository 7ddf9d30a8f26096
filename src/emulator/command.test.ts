import { expect, it } from 'vitest';
import { parseCommand } from './command.ts';

it('has port 4010, the session of a signed-in user and a week as defaults', () => {
  expect(parseCommand([])).toEqual({
    help: false,
    port: 4010,
    session: 'signed-in',
    sessionLifeSec: 7 * 24 * 60 * 60,
    envFile: undefined,
  });
});

it.each([
  ['--session-life 30s', { sessionLifeSec: 30 }],
  ['--session-life 5m', { sessionLifeSec: 300 }],
  ['--session-life 8h', { sessionLifeSec: 28_800 }],
  ['--session-life 2d', { sessionLifeSec: 172_800 }],
  ['--port 0', { port: 0 }],
  ['--port 65535', { port: 65_535 }],
  ['--session expired --write-env .env', { session: 'expired', envFile: '.env' }],
  ['--help', { help: true }],
])('reads %s', (args, expected) => {
  expect(parseCommand(args.split(' '))).toMatchObject(expected);
});

it.each([
  ['--port 65536', /^Cannot read --port: it is "65536", expected a number from 0 to 65535$/],
  ['--session-life 100000s', /^Cannot read --session-life: it is "100000s"/],
  ['--pot 1', /\(nearest "--port"\)$/],
  ['--slept 1', /^[^(]*$/],
])('refuses %s', (args, message) => {
  expect(() => parseCommand(args.split(' '))).toThrow(message);
});
