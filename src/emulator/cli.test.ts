import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
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
  it('prints what a shell can take over, and ends cleanly on Ctrl-C', async () => {
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

  it('explains itself with --help', async () => {
    const { running, out } = await run(['--help']);
    expect(running.exitCode).toBe(0);
    for (const part of ['--port <number>', '--session <name>', 'impersonated', 'DIFFERENCES.md']) {
      expect(out).toContain(part);
    }
  });

  it.each([
    ['--prot 4011', 'Cannot read option "--prot": no such option, .* \\(nearest "--port"\\)'],
    ['--earthquake', 'Cannot read option "--earthquake": no such option, [^(]*$'],
    ['4011', 'Cannot read "4011": options begin with --'],
    ['--port many', 'Cannot read --port: it is "many", a number from 0 to 65535 is wanted'],
    ['--port', 'Cannot read --port: it has no value, a number is wanted'],
    ['--session expird', 'Cannot read session "expird": .* \\(nearest "expired"\\)'],
  ])('%s is refused in a sentence', async (args, sentence) => {
    const { running, out, err } = await run(args.split(' '));
    expect(running.exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(new RegExp(`^${sentence}\\n?`, 'm'));
    expect(err).not.toContain('    at ');
  });

  it('says so when the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const { running, err } = await run(['--port', String(port)]);
    expect(running.exitCode).toBe(1);
    expect(err).toMatch(new RegExp(`^Cannot start the emulator: port ${port} of 127.0.0.1 is taken`));
    await new Promise((resolve) => other.close(resolve));
  });
});
