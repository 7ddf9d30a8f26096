import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkOS } from './index.ts';
import { PASSWORD } from './testdata/seal-by-hand.ts';
import { startApi, type TestApi } from './testdata/api-server.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

test('signing in gives a cookie that authenticates, refreshes and logs out', async () => {
  const workos = new WorkOS(api.options);
  const { sealedSession } = await workos.userManagement.authenticateWithCode({
    code: 'code_1',
    session: { sealSession: true, cookiePassword: PASSWORD },
  });
  const session = workos.userManagement.loadSealedSession({ sessionData: sealedSession, cookiePassword: PASSWORD });
  const result = await session.authenticate();
  expect(result).toMatchObject({ authenticated: true, sessionId: 'session_01', user: { email: 'ada@example.com' } });
  const refreshed = await session.refresh();
  expect(refreshed).toMatchObject({ authenticated: true });
  expect(await session.getLogOutUrl()).toContain('session_id=session_01');
});
