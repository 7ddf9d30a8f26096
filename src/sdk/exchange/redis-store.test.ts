/** Servers that share their refreshes in Redis, as the guide shows it. Debian's `redis-server` is enough. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WorkOS } from '../index.ts';
import type { RefreshStore } from './refresh-store.ts';
import { startApi, type TestApi } from '../testdata/api-server.ts';
import { PASSWORD, sealText } from '../testdata/seal-by-hand.ts';
import { goodClaims } from '../testdata/signer.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);
const isInstalled = await run('redis-server', ['--version']).then(
  () => true,
  () => false,
);

test.skipIf(isInstalled)('servers share refreshes in Redis', ({ skip }) =>
  skip('the machine lacks Redis (on Debian: apt-get install redis-server)'),
);

describe.runIf(isInstalled)('servers that share refreshes in Redis', () => {
  let api: TestApi;
  let redis: RunningRedis;
  beforeAll(async () => {
    await run('npm', ['run', '--silent', 'prepare'], { cwd: ROOT });
    api = await startApi();
    redis = await startRedis();
  }, 60_000);
  afterAll(async () => {
    await redis.close();
    await api.close();
  });

  let cookies = 0;
  const cookie = () =>
    sealText(
      JSON.stringify({
        user: { id: 'user_01' },
        accessToken: api.signer.token(goodClaims({ exp: 1 })),
        refreshToken: `refresh_token_secret_${++cookies}`,
      }),
      PASSWORD,
    );
  /** The example of the guide, as a process of its own. */
  const runExample = async (sealed: string) => {
    const env = {
      ...process.env,
      REDIS_URL: redis.url,
      WORKOS_API_KEY: api.options.apiKey,
      WORKOS_CLIENT_ID: api.options.clientId,
      WORKOS_API_HOSTNAME: api.options.apiHostname,
      WORKOS_API_PORT: String(api.port),
      WORKOS_API_HTTPS: 'false',
      WORKOS_COOKIE_PASSWORD: PASSWORD,
      WORKOS_SEALED_SESSION: sealed,
    };
    const { stdout } = await run(process.execPath, ['snippets/guide-refresh-redis.ts'], { cwd: ROOT, env });
    return stdout;
  };

  test('call the API once for a cookie, in two processes', async () => {
    const sealed = cookie();
    const before = api.requests.length;
    expect(await runExample(sealed)).toBe('called the API\nsigned in: true\n');
    expect(await runExample(sealed)).toBe('signed in: true\n');
    expect(api.requests.length - before).toBe(1);
  });

  test('leave nothing in Redis for longer than 25 seconds, and nothing that it can read', async () => {
    await runExample(cookie());
    const client = await createClient({ url: redis.url }).connect();
    try {
      const keys = await client.keys('*');
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) {
        expect(await client.pTTL(key)).toBeLessThanOrEqual(25_000);
        expect(await client.pTTL(key)).toBeGreaterThan(0);
        expect(key + (await client.get(key))).not.toMatch(/secret|user_01|eyJ/);
      }
    } finally {
      client.destroy();
    }
  });

  test.each([
    ['hangs', (own: RunningRedis) => own.freeze()],
    ['has stopped', (own: RunningRedis) => own.close()],
    ['is full', (own: RunningRedis) => own.fill()],
  ])('keep visitors signed in when Redis %s', async (_about, disturb) => {
    const own = await startRedis();
    const client = createClient({ url: own.url, disableOfflineQueue: true });
    client.on('error', () => {});
    await client.connect();
    const store: RefreshStore = {
      get: (key) => client.get(key),
      set: (key, value, expiresInMs) => client.set(key, value, { expiration: { type: 'PX', value: expiresInMs } }),
    };
    const { userManagement } = new WorkOS({ ...api.options, store });
    try {
      await disturb(own);
      const session = userManagement.loadSealedSession({ sessionData: cookie(), cookiePassword: PASSWORD });
      expect(await session.refresh()).toMatchObject({ authenticated: true });
    } finally {
      client.destroy();
      await own.close();
    }
  });
});

interface RunningRedis {
  url: string;
  /** Accepts connections, and answers nothing. */
  freeze(): void;
  /** Refuses whatever takes memory. */
  fill(): Promise<void>;
  close(): Promise<void>;
}

async function startRedis(): Promise<RunningRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await findFreePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  await untilPrinted(child, 'Ready to accept connections');
  const ended = once(child, 'exit');
  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    freeze: () => void child.kill('SIGSTOP'),
    fill: async () => {
      const client = await createClient({ url }).connect();
      await client.configSet('maxmemory', '1');
      client.destroy();
    },
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilPrinted(child: ChildProcess, text: string): Promise<void> {
  let printed = '';
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    printed += String(chunk);
    if (printed.includes(text)) break;
  }
  if (!printed.includes(text)) throw new Error(`Cannot start Redis: it printed ${printed}, expected "${text}"`);
  child.stdout!.resume();
}
