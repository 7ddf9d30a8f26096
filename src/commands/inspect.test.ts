/** The command `inspect`: in this process, and once as a reader starts it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator, type RunningEmulator } from '../emulator/index.ts';
import { inspect } from '../sdk/inspect/index.ts';
import { askHidden, inspectInput, type Surroundings } from './inspect.ts';
import { describeInspection, withAddresses } from './inspection-text.ts';

const BIN = fileURLToPath(new URL('bin.ts', import.meta.url));
const PAGE = new URL('../../content/inspect.mdx', import.meta.url);
const WRONG = 'a password that sealed nothing at all, ever';

let emulator: RunningEmulator;
let environment: Record<string, string>;
let cookie: string;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  const issued = await emulator.issueEnvironment();
  cookie = issued.WORKOS_SEALED_SESSION;
  environment = issued;
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

/** What the command prints, and its exit code. */
async function run(args: string, given: Partial<Surroundings> & { input?: string } = {}) {
  let printed = '';
  const { input = cookie, ...rest } = given;
  const code = await inspectInput(args.split(' ').filter(Boolean), {
    environment,
    readInput: () => Promise.resolve(input),
    askPassword: () => Promise.resolve(undefined),
    write: (text) => (printed += text),
    colours: false,
    ...rest,
  });
  return { code, printed };
}

async function keyFile(): Promise<string> {
  const { WORKOS_CLIENT_ID: clientId } = environment;
  const file = join(folder, 'keys.json');
  await writeFile(file, await (await fetch(`${emulator.url}/sso/jwks/${clientId}`)).text());
  return file;
}

describe('inspect', () => {
  it('says that a session is valid, with keys of a file, and exits with 0', async () => {
    const { code, printed } = await run(`--jwks ${await keyFile()}`);
    expect(printed).toMatch(/^✓ Authenticated\n {2}The session is valid\.\n\nWhat authenticate\(\) does\n {2}✓ 1\. /);
    expect(printed.match(/^ {2}✓ \d\. /gm)).toHaveLength(6);
    expect(code).toBe(0);
  });

  it('puts the cause and the remedy before the steps, and exits with 1', async () => {
    const { code, printed } = await run('', { environment: { WORKOS_COOKIE_PASSWORD: WRONG } });
    expect(printed).toMatch(/^✗ Not authenticated: invalid_session_cookie\n[^]*#invalid_session_cookie\n/);
    expect(printed.indexOf('The password does not open the seal')).toBeLessThan(
      printed.indexOf('What authenticate() does'),
    );
    expect(code).toBe(1);
  });

  it('takes a list or a map of passwords as JSON, as the helpers do', async () => {
    const { WORKOS_COOKIE_PASSWORD: password } = environment;
    for (const passwords of [[WRONG, password], { 1: password, 2: WRONG }]) {
      const { printed } = await run('', { environment: { WORKOS_COOKIE_PASSWORD: JSON.stringify(passwords) } });
      expect(printed).toMatch(/The seal opens with (?:password 2 of 2|the password "1")\./);
    }
  });

  it('asks for the password only for a seal, and never prints it', async () => {
    const asked: string[] = [];
    const askPassword = () => {
      asked.push('asked');
      return Promise.resolve(environment['WORKOS_COOKIE_PASSWORD']);
    };
    await run('', { environment: {}, askPassword, input: 'not a seal' });
    expect(asked).toEqual([]);
    const { printed } = await run('--show-secrets', { environment: {}, askPassword });
    expect(asked).toHaveLength(1);
    expect(printed).toContain('ada@example.com');
    expect(printed).not.toContain(environment['WORKOS_COOKIE_PASSWORD']);
  });

  it('prints JSON with the same content, without secrets', async () => {
    const { printed } = await run('--json');
    expect(JSON.parse(printed)).toMatchObject({
      verdict: { meaning: expect.any(String) },
      causes: [{ code: 'keys_not_given', severity: 'note' }],
      steps: [
        { step: 'input' },
        { step: 'seal' },
        { step: 'password' },
        { step: 'payload' },
        { step: 'claims' },
        { step: 'signature' },
      ],
    });
    expect(printed).not.toContain('ada@example.com');
  });

  it('says in its help with which code it exits', async () => {
    let help = '';
    const helped = await run('--help', { write: (text) => (help += text) });
    const [, fine, wrong, unusable] =
      /Exit code: (\d) if nothing is wrong, (\d) if something is, (\d) if the command cannot be run/.exec(help) ?? [];
    const good = await run(`--jwks ${await keyFile()}`);
    const bad = await run('', { environment: { WORKOS_COOKIE_PASSWORD: WRONG } });
    expect([helped.code, good.code, bad.code].map(String)).toEqual([fine, fine, wrong]);
    const child = spawn(process.execPath, [BIN, 'inspect', '--no-such-option'], { stdio: 'ignore' });
    expect(await once(child, 'close')).toEqual([Number(unusable), null]);
  });

  it('uses the name and the options of the client', async () => {
    const input = `Cookie: session=${cookie}`;
    expect((await run('--name session', { input })).printed).not.toContain('is called session');
    const { printed } = await run('--issuer https://auth.example.com --audience shop --clock-tolerance 5');
    expect(printed).toContain('The audience of the access token is absent, expected shop.');
  });

  it.each([
    ['--jwsk keys.json', "Cannot read the options: Unknown option '--jwsk'"],
    ['a-cookie', 'Cannot read the options: Unexpected argument'],
    ['--jwks nowhere.json', 'Cannot read --jwks "nowhere.json": ENOENT, expected a file with a JSON Web Key Set'],
    [`--jwks ${BIN}`, `Cannot read --jwks "${BIN}": it is not JSON, expected a file with a JSON Web Key Set`],
    ['--jwks a.json --fetch-keys', 'Cannot read keys: --jwks and --fetch-keys are both set, expected one of them'],
    ['--fetch-keys', 'Cannot fetch keys: WORKOS_CLIENT_ID is not set, expected a client id'],
    ['--clock-tolerance soon', 'Cannot create client: "clockTolerance" must be a number from 0 to 43200'],
  ])('%s is refused in a sentence', async (args, message) => {
    await expect(run(args, { environment: {} })).rejects.toThrow(message);
  });

  it('reads a pipe and fetches the keys of the API if asked, as a reader starts it', async () => {
    const child = spawn(process.execPath, [BIN, 'inspect', '--fetch-keys'], {
      env: { ...process.env, ...environment },
    });
    child.stdin.end(`HTTP/1.1 200 OK\nSet-Cookie: wos-session=${cookie}; Path=/; Secure; HttpOnly; SameSite=Lax\n`);
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(printed).toMatch(/^✓ Authenticated\n/);
    expect(printed).toContain(`${emulator.url}/sso/jwks/`);
  });
});

it('prints whole addresses once the package has a home page', async () => {
  const text = describeInspection(withAddresses(await inspect('hello'), 'https://docs.example.com'), false);
  expect(text).toContain('https://docs.example.com/reference/authkit/session-helpers/errors#invalid_session_cookie');
});

it('does not show a password that is typed', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const answer = askHidden('Password: ', input, output);
  input.write('typed, then corrected\u007f\u007f\r');
  expect(await answer).toBe('typed, then correct');
  expect(String(output.read())).toBe('Password: \n');
});

it('has all of its options on its page, with what they do', async () => {
  let help = '';
  await run('--help', { write: (text) => (help += text) });
  const options = Array.from(help.matchAll(/^ {2}(--[\w-]+)(?: <\w+>)? +(.+)$/gm), ([, name = '', text = '']) => [
    name,
    text,
  ]);
  expect(options).toHaveLength(9);
  const page = await readFile(PAGE, 'utf8');
  const rows = Array.from(page.matchAll(/^\| `(--[\w-]+)`[^|]*\| (.+?) +\|$/gm), ([, name = '', text = '']) => [
    name,
    text.charAt(0).toLowerCase() + text.slice(1).replaceAll('`', ''),
  ]);
  expect(rows).toEqual(options);
});
