import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeHelp, describeStart, parseCommand, writeEnvFile } from './command.ts';
import type { IssuedEnvironment } from './index.ts';
import { OPTIONS } from './reference.ts';
import { SESSIONS } from './seed.ts';

const VARIABLES: IssuedEnvironment = {
  WORKOS_API_KEY: 'sk_new',
  WORKOS_CLIENT_ID: 'client_new',
  WORKOS_COOKIE_PASSWORD: 'a new password',
  WORKOS_API_HOSTNAME: '127.0.0.1',
  WORKOS_API_PORT: '4010',
  WORKOS_API_HTTPS: 'false',
  WORKOS_SEALED_SESSION: 'Fe26.2*new',
  WORKOS_AUTHORIZATION_CODE: 'new_code',
};
const LINES = Object.entries(VARIABLES)
  .map(([name, value]) => `${name}='${value}'\n`)
  .join('');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-'));
});
afterAll(() => rm(folder, { recursive: true }));

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
  ['--port 65536', 'Cannot read --port: it is "65536", expected a number from 0 to 65535'],
  ['--port many', 'Cannot read --port: it is "many", expected a number from 0 to 65535'],
  ['--port -1', 'Cannot read --port: it is "-1", expected a number from 0 to 65535'],
  ['--port', 'Cannot read --port: it has no value, expected a number'],
  ['--session-life 100000s', 'Cannot read --session-life: it is "100000s", expected a time such as 30s, 5m, 8h or 7d'],
  ['--session-life 0h', 'Cannot read --session-life: it is "0h", expected a time such as 30s, 5m, 8h or 7d'],
  ['--session-life 5w', 'Cannot read --session-life: it is "5w", expected a time such as 30s, 5m, 8h or 7d'],
  ['--session-life', 'Cannot read --session-life: it has no value, expected a time such as 7d'],
  ['--write-env', 'Cannot read --write-env: it has no value, expected a file name'],
  ['--session', 'Cannot read --session: it has no value, expected a name'],
  [
    '--session expird',
    'Cannot read session "expird": no such session, expected one of signed-in, expired, impersonated, no-organization (nearest "expired")',
  ],
  [
    '--pot 1',
    'Cannot read option "--pot": no such option, expected one of --port, --session, --session-life, --write-env, --help (nearest "--port")',
  ],
  [
    '--slept 1',
    'Cannot read option "--slept": no such option, expected one of --port, --session, --session-life, --write-env, --help',
  ],
  ['4011', 'Cannot read "4011": options begin with --'],
  ['--help 4011', 'Cannot read "4011": options begin with --'],
])('refuses %s', (args, message) => {
  expect(() => parseCommand(args.split(' '))).toThrow(expect.objectContaining({ message }));
});

it('lists every option with its value and meaning, and every session, in its help', () => {
  const help = describeHelp('npx emulator');
  const lines = help.split('\n');
  expect(lines).toContain('  npx emulator [options]');
  for (const [name, { value, meaning }] of Object.entries(OPTIONS)) {
    const option = value === undefined ? `--${name}` : `--${name} <${value}>`;
    expect(lines.filter((line) => line.startsWith(`  ${option} `) && line.endsWith(`  ${meaning}`))).toHaveLength(1);
  }
  expect(lines).toContain(`The sessions are ${Object.keys(SESSIONS).join(', ')}.`);
  expect(lines).toContain('The users and keys are public: never trust its tokens anywhere else.');
});

it('prints its address, who to sign in as, and every variable', () => {
  const lines = describeStart('http://127.0.0.1:4010', VARIABLES).split('\n');
  expect(lines[0]).toBe('AuthKit emulator  http://127.0.0.1:4010');
  expect(lines).toEqual(expect.arrayContaining(['  email     ada@example.com', '  password  orchards in may']));
  expect(lines.filter((line) => line.startsWith('export '))).toEqual(
    Object.entries(VARIABLES).map(([name, value]) => `export ${name}='${value}'`),
  );
});

it.each([
  ['a file that does not exist', undefined, ''],
  ['an empty file', '', ''],
  ['one with the same variables', LINES.replaceAll('new', 'old'), ''],
  ['one with exported variables', 'A=1\nexport WORKOS_API_KEY=old\n', 'A=1\n'],
  ['one with a variable of yours', "WORKOS_WEBHOOK_SECRET='mine'\n", "WORKOS_WEBHOOK_SECRET='mine'\n"],
  ['one with a longer and a shorter name', 'WORKOS_API_KEY_OLD=1\nWORKOS=2\n', 'WORKOS_API_KEY_OLD=1\nWORKOS=2\n'],
  ['one with a comment', '# WORKOS_API_KEY=old\n', '# WORKOS_API_KEY=old\n'],
  ['one with a blank line', 'A=1\n\nB=2', 'A=1\n\nB=2\n'],
  ['one with the variables in the middle', 'A=1\nWORKOS_API_PORT=1\nB=2\n\n', 'A=1\nB=2\n'],
])('writes the variables to %s, after its other lines', async (_about, former, kept) => {
  const file = join(folder, 'env');
  await rm(file, { force: true });
  if (former !== undefined) await writeFile(file, former);
  await writeEnvFile(file, VARIABLES);
  expect(await readFile(file, 'utf8')).toBe(kept + LINES);
  await writeEnvFile(file, VARIABLES);
  expect(await readFile(file, 'utf8')).toBe(kept + LINES);
});

it('says which file cannot be written, and why', async () => {
  await expect(writeEnvFile(folder, VARIABLES)).rejects.toThrow(
    `Cannot write --write-env "${folder}": EISDIR, expected a file that can be read and written`,
  );
});
