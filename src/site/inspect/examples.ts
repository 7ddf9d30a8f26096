/** Examples of broken cookies, made by the emulator and the helpers. */
import { createEmulator, type SessionName } from '../../emulator/index.ts';
import { chunkCookie, serializeSessionCookie, SESSION_COOKIE_NAME, COOKIE_BYTES_MAX, WorkOS } from '../../sdk/index.ts';
import type { Example, ExampleName } from './messages.ts';

/** Where the emulator of the command is by default. */
const ORIGIN = 'http://127.0.0.1:4010';
/** Enough for a session that needs several cookies. */
const NOTES_CHARACTERS = 4_000;
const CLOCK_AHEAD_SEC = 600;

/** A Fernet token, sealed by the cryptography package of Python. */
const PYTHON =
  'gAAAAABpVbkAMTSuVzMPFsqnLzf5RARQlC5yWUITpGwK__Wa0sij8lxgNQWm4viWWpzzGt6cINXPLISZ6C35FgLI-7oNLYDOUY3lUwJZDSAb83AV' +
  'NcsHk1nS8n_T2rvt8UxLZ4hWTplTftPd1XIDAdXpH4kJkk5nlVGQYCYA4QRLgQjOt3QwnQLupNQpmpfkG42qpRtDxb_em8V-iQw8uIK_XSMEzWJl' +
  '0tOGCyrwEMYypOI4RQB3Ck8=';

/** The environment of the emulator that never changes, with a session. */
export function issueFixed(session: SessionName = 'signed-in', clockAheadSec = 0) {
  const emulator = createEmulator();
  emulator.advanceClock(clockAheadSec);
  return emulator.issueFixedEnvironment(ORIGIN, { session });
}

/** The keys of the emulator, which never change either. */
export async function readEmulatorKeys(): Promise<{ keys: readonly { kty: string }[] }> {
  const emulator = createEmulator();
  const { WORKOS_CLIENT_ID: clientId } = await emulator.issueFixedEnvironment(ORIGIN);
  const response = await emulator.fetch(new Request(`${ORIGIN}/sso/jwks/${clientId}`));
  return (await response.json()) as { keys: readonly { kty: string }[] };
}

/** What to fill in for an example. */
export async function makeExample(name: ExampleName): Promise<Example> {
  return EXAMPLE_MAKERS[name]();
}

const EXAMPLE_MAKERS: Readonly<Record<ExampleName, () => Promise<Example>>> = {
  expired: async () => ({ text: asCookie((await issueFixed('expired')).WORKOS_SEALED_SESSION), password: '' }),
  'wrong-password': async () => {
    const { WORKOS_SEALED_SESSION: sealed } = await createEmulator().issueEnvironment(ORIGIN);
    return { text: asCookie(sealed), password: 'this-password-has-sealed-something-else' };
  },
  'quoted-password': async () => {
    const { WORKOS_SEALED_SESSION: sealed, WORKOS_COOKIE_PASSWORD: password } = await issueFixed();
    return { text: asCookie(sealed), password: `"${password}"` };
  },
  cut: async () => {
    const sealed = await sealLarge();
    return { text: asCookie(sealed.slice(0, COOKIE_BYTES_MAX - SESSION_COOKIE_NAME.length)), password: '' };
  },
  'chunk-missing': async () => {
    const chunks = chunkCookie(await sealLarge()).filter(({ value }, index) => value !== '' && index !== 1);
    return { text: `Cookie: ${chunks.map(({ name, value }) => `${name}=${value}`).join('; ')}`, password: '' };
  },
  'slow-clock': async () => {
    const { WORKOS_SEALED_SESSION: sealed } = await issueFixed('signed-in', CLOCK_AHEAD_SEC);
    return { text: asCookie(sealed), password: '' };
  },
  refused: async () => {
    const header = serializeSessionCookie((await issueFixed()).WORKOS_SEALED_SESSION, { sameSite: 'none' });
    return { text: `Set-Cookie: ${header.replace(' Secure;', '')}`, password: '' };
  },
  'access-token': async () => ({ text: (await openFixed()).accessToken, password: '' }),
  python: () => Promise.resolve({ text: PYTHON, password: '' }),
  valid: async () => ({ text: asCookie((await issueFixed()).WORKOS_SEALED_SESSION), password: '' }),
};

const asCookie = (sealed: string) => `Cookie: theme=dark; ${SESSION_COOKIE_NAME}=${sealed}`;

async function openFixed() {
  const { WORKOS_SEALED_SESSION: sealed, WORKOS_COOKIE_PASSWORD: cookiePassword } = await issueFixed();
  return (await helpers().unsealSession(sealed, { cookiePassword }))!;
}

/** A session that does not fit into one cookie. */
async function sealLarge(): Promise<string> {
  const { WORKOS_COOKIE_PASSWORD: cookiePassword } = await issueFixed();
  const session = await openFixed();
  const user = { ...session.user, metadata: { notes: 'x'.repeat(NOTES_CHARACTERS) } };
  return helpers().sealSession({ ...session, user }, { cookiePassword });
}

const helpers = () => new WorkOS({ clientId: 'client_of_the_examples' }).userManagement;
