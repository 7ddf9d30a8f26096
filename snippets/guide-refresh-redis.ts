// @needs redis
// @no-run it needs a Redis server; a test runs it with one
import { WorkOS } from 'authkit-session-helpers';
import { createClient } from 'redis';

// Without a connection, a command fails at once instead of waiting for one.
const redis = createClient({
  url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
  disableOfflineQueue: true,
});
redis.on('error', (error: Error) => console.error('Redis:', error.message));
await redis.connect();

const workos = new WorkOS({
  store: {
    get: (key) => redis.get(key),
    set: (key, value, expiresInMs) =>
      redis.set(key, value, { expiration: { type: 'PX', value: expiresInMs } }),
  },
  onRefresh: () => console.log('called the API'),
});

const session = workos.userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
});
const result = await session.refresh();
console.log('signed in:', result.authenticated);
redis.destroy();
