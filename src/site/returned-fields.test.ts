/** Compares the fields that real calls return with those that the reference documents. */
import { fileURLToPath } from 'node:url';
import { WorkOS } from 'authkit-session-helpers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../emulator/index.ts';
import { type Entry, type Property, findEntries, readReference } from '../docs/reference/index.ts';
import { readPages } from '../docs/pages/index.ts';
import { siteProject } from './docs-options.ts';

const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));
const sources = await readPages(PROJECT_ROOT);
const { pages } = await readReference(
  sources.map(({ frontmatter }) => frontmatter),
  siteProject(),
);

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

function entryOf(id: string): Entry {
  const entry = findEntries(pages, id, '').find(({ language }) => language === 'js');
  if (!entry) throw new Error(`Cannot compare "${id}": no js entry has that id`);
  return entry;
}

/** Fields that are returned but not documented for this result, and required fields that are not returned. */
function compareFields(returned: object, rows: readonly Property[]): { surplus: string[]; missing: string[] } {
  const keys = Object.keys(returned);
  const values = new Map(Object.entries(returned));
  const documented = rows.filter(({ when }) => !when || when.values.includes(String(values.get(when.name))));
  return {
    surplus: keys.filter((key) => !documented.some((row) => row.key === key)),
    missing: documented.filter((row) => !row.optional && !keys.includes(row.key)).map((row) => row.key),
  };
}

const NONE = { surplus: [], missing: [] };

async function load(session: 'signed-in' | 'expired' | 'impersonated' | 'no-organization') {
  const environment = await emulator.issueEnvironment({ session });
  const client = new WorkOS({
    apiKey: environment.WORKOS_API_KEY,
    clientId: environment.WORKOS_CLIENT_ID,
    apiHostname: environment.WORKOS_API_HOSTNAME,
    port: Number(environment.WORKOS_API_PORT),
    https: false,
  });
  const cookiePassword = environment.WORKOS_COOKIE_PASSWORD;
  const sealed = client.userManagement.loadSealedSession({
    sessionData: environment.WORKOS_SEALED_SESSION,
    cookiePassword,
  });
  return { client, sealed, environment, cookiePassword };
}

describe.each(['signed-in', 'expired', 'impersonated', 'no-organization'] as const)(
  'of a session that is %s',
  (name) => {
    it('authenticate returns the documented fields', async () => {
      const { sealed } = await load(name);
      expect(compareFields(await sealed.authenticate(), entryOf('authenticate').returns)).toEqual(NONE);
    });

    it('refresh returns the documented fields', async () => {
      const { sealed } = await load(name);
      const result = await sealed.refresh();
      expect(result.authenticated).toBe(true);
      expect(compareFields(result, entryOf('refresh').returns)).toEqual(NONE);
    });

    it('the user and the impersonator have the documented fields', async () => {
      const { sealed } = await load(name);
      const result = await sealed.refresh();
      if (!result.authenticated) throw new Error(result.reason);
      expect(compareFields(result.user, entryOf('user').properties)).toEqual(NONE);
      if (name === 'impersonated')
        expect(compareFields(result.impersonator ?? {}, entryOf('impersonator').properties)).toEqual(NONE);
    });
  },
);

it('a failed refresh returns the documented fields', async () => {
  const { sealed, environment } = await load('signed-in');
  emulator.failNext({ kind: 'server_error', times: 10, route: 'authenticate', clientId: environment.WORKOS_CLIENT_ID });
  const result = await sealed.refresh();
  expect(result).toMatchObject({ authenticated: false, retryable: true });
  expect(compareFields(result, entryOf('refresh').returns)).toEqual(NONE);
});

it('loadSealedSession returns the documented methods', async () => {
  const { sealed } = await load('signed-in');
  // WorkOS's spelling of one documented method.
  const { getLogoutUrl, ...methods } = sealed;
  expect(compareFields(methods, entryOf('load_sealed_session').returns)).toEqual(NONE);
  expect(getLogoutUrl).toBe(sealed.getLogOutUrl);
});

it('signing in with a code returns the documented fields', async () => {
  const { client, environment, cookiePassword } = await load('signed-in');
  const answer = await client.userManagement.authenticateWithCode({
    code: environment.WORKOS_AUTHORIZATION_CODE,
    session: { sealSession: true, cookiePassword },
  });
  expect(compareFields(answer, entryOf('authenticate_with_code').returns)).toEqual(NONE);
});
