import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
});

/** Runs the command; `printed` collects what it says until it ends, or until `until` has been said. */
async function run(args: string[], until?: RegExp) {
  const running = spawn(process.execPath, [CLI, ...args], { stdio: 'pipe' });
  child = running;
  let [out, err] = ['', ''];
  running.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = once(running, 'close');
  await new Promise<void>((resolve) => {
    running.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (until?.test(out)) resolve();
    });
    void ended.then(() => resolve());
  });
  if (!until) await ended;
  return { running, ended, out, err };
}

describe('npm run emulator', { timeout: 30_000 }, () => {
  it('prints variables for a shell, and exits cleanly on Ctrl-C', async () => {
    const { running, ended, out, err } = await run(['--port', '0'], /Ctrl-C/);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
    const variables = Object.fromEntries(
      Array.from(out.matchAll(/^export (\w+)='([^']*)'$/gm), ([, name = '', value = '']) => [name, value]),
    );
    expect(variables).toMatchObject({
      WORKOS_CLIENT_ID: 'client_01JMHBCTJR2KJ6VRKZHYQ1EWFC',
      WORKOS_API_PORT: new URL(url).port,
      WORKOS_SEALED_SESSION: expect.stringMatching(/^Fe26\.2\*/),
    });
    expect(out).toMatch(/email +ada@example\.com\n +password +orchards in may/);
    expect((await fetch(`${url}/sso/jwks/${variables['WORKOS_CLIENT_ID']}`)).status).toBe(200);
    running.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(err).toBe('');
  });

  it('prints its options with --help', async () => {
    const { running, out } = await run(['--help']);
    expect(running.exitCode).toBe(0);
    for (const part of [
      'Emulates the AuthKit API on this machine.',
      '--port <number>        the port on 127.0.0.1; 0 takes a free one (default 4010)',
      '--session <name>       the session in the printed cookie (default signed-in)',
      'The sessions are signed-in, expired, impersonated, no-organization.',
      'The users and keys are public: never trust its tokens anywhere else.',
    ])
      expect(out).toContain(part);
  });

  it.each([
    ['--prot 4011', 'Cannot read option "--prot": no such option, .* \\(nearest "--port"\\)'],
    ['--earthquake', 'Cannot read option "--earthquake": no such option, [^(]*$'],
    ['4011', 'Cannot read "4011": options begin with --'],
    ['--port many', 'Cannot read --port: it is "many", expected a number from 0 to 65535'],
    ['--port', 'Cannot read --port: it has no value, expected a number'],
    ['--session-life soon', 'Cannot read --session-life: it is "soon", expected a time such as 30s, 5m, 8h or 7d'],
    ['--session-life 0h', 'Cannot read --session-life: it is "0h", .*'],
    ['--write-env', 'Cannot read --write-env: it has no value, .*'],
    ['--session expird', 'Cannot read session "expird": .* \\(nearest "expired"\\)'],
  ])('%s is refused in a sentence', async (args, sentence) => {
    const { running, out, err } = await run(args.split(' '));
    expect(running.exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(new RegExp(`^${sentence}\\n?`, 'm'));
    expect(err).not.toContain('    at ');
  });

  it('writes the variables to a file, keeps its other lines, and issues tokens with the lifetime of the option', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'emulator-'));
    const file = join(folder, '.env');
    await writeFile(file, "OTHER='kept'\nWORKOS_API_KEY='old'\n");
    const { running, ended } = await run(['--port', '0', '--session-life', '30m', '--write-env', file], /Ctrl-C/);
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/^OTHER='kept'\nWORKOS_API_KEY='sk_test_emulator_public_and_worthless'\n/);
    expect(text.match(/WORKOS_API_KEY=/g)).toHaveLength(1);
    const [, hostname, port] = /HOSTNAME='([^']+)'\nWORKOS_API_PORT='(\d+)'/.exec(text) ?? [];
    const response = await fetch(`http://${hostname}:${port}/user_management/authenticate`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'password',
        client_id: /CLIENT_ID='([^']+)'/.exec(text)?.[1],
        client_secret: /API_KEY='([^']+)'/.exec(text)?.[1],
        email: 'ada@example.com',
        password: 'orchards in may',
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    const { exp, iat } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
    expect(exp - iat).toBe(1_800);
    running.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true });
  });

  it('reports a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const { running, err } = await run(['--port', String(port)]);
    expect(running.exitCode).toBe(1);
    expect(err).toMatch(new RegExp(`^Cannot start the emulator: port ${port} of 127.0.0.1 is taken`));
    await new Promise((resolve) => other.close(resolve));
  });
});
