import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unsealData } from 'iron-session';
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

  it('prints its options with --help, and does not start', async () => {
    const { running, out, err } = await run(['--help']);
    expect([running.exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/^Emulates the AuthKit API/);
    expect(out).toContain('--port <number>');
  });

  it('refuses an unknown option in a sentence, with exit code 2', async () => {
    const { running, out, err } = await run(['--prot', '4011']);
    expect([running.exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(/^Cannot read option "--prot": .* \(nearest "--port"\)\nTry --help\.\n$/);
  });

  it('stops if the file of --write-env cannot be written', async () => {
    const { running, out, err } = await run(['--port', '0', '--write-env', tmpdir()]);
    expect([running.exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(/^Cannot write --write-env ".*": EISDIR, .*\nTry --help\.\n$/);
  });

  it('writes the variables to a file, keeps its other lines, and issues tokens with the lifetime of the option', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'emulator-'));
    const file = join(folder, '.env');
    await writeFile(file, "OTHER='kept'\nWORKOS_API_KEY='old'\n");
    const options = ['--port', '0', '--session', 'no-organization', '--session-life', '30m', '--write-env', file];
    const { running, ended } = await run(options, /Ctrl-C/);
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
    const [, password = ''] = /COOKIE_PASSWORD='([^']+)'/.exec(text) ?? [];
    const [, sealed = ''] = /SEALED_SESSION='([^']+)'/.exec(text) ?? [];
    expect(await unsealData(sealed, { password })).toMatchObject({ user: { email: 'chiara@example.com' } });
    running.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
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
