import { DatabaseSync } from 'node:sqlite';
import { WorkOS, type RefreshEvent } from 'authkit-session-helpers';

// A file that all processes of the machine open. Here: in memory.
const database = new DatabaseSync(':memory:');
database.exec(
  'CREATE TABLE refreshes (key TEXT PRIMARY KEY, value TEXT, ends INTEGER)',
);

const store = {
  get(key: string) {
    const row = database
      .prepare('SELECT value FROM refreshes WHERE key = ? AND ends > ?')
      .get(key, Date.now());
    return row?.value as string | undefined;
  },
  set(key: string, value: string, expiresInMs: number) {
    database.prepare('DELETE FROM refreshes WHERE ends < ?').run(Date.now());
    database
      .prepare('INSERT OR REPLACE INTO refreshes VALUES (?, ?, ?)')
      .run(key, value, Date.now() + expiresInMs);
  },
};

/** A server. Its own fetch keeps it apart from the other in this process. */
function startServer(name: string): WorkOS {
  const onRefresh = ({ succeeded }: RefreshEvent) =>
    console.log(`${name} called the API, succeeded: ${succeeded}`);
  const fetchFn = (url: string, init?: RequestInit) => fetch(url, init);
  return new WorkOS({ store, onRefresh, fetchFn });
}

const cookies = new Set<string>();
for (const name of ['server one', 'server two']) {
  const session = startServer(name).userManagement.loadSealedSession({
    sessionData: process.env.WORKOS_SEALED_SESSION,
  });
  const result = await session.refresh();
  console.log(`${name} signed in: ${result.authenticated}`);
  if (result.authenticated) cookies.add(result.session.refreshToken);
}
console.log('sessions:', cookies.size);
database.close();

// Output:
// server one called the API, succeeded: true
// server one signed in: true
// server two signed in: true
// sessions: 1
