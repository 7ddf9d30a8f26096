/** What the emulator offers, in words → the tables on its page, and the help of its command. */
import type { RouteName } from './emulator.ts';
import type { FaultKind } from './faults.ts';
import { MEMBERSHIPS, organizationById, passwordOf, type SessionName, stepOf, USERS } from './seed.ts';
import type { RunningEmulator } from './server.ts';

/** Options of the command: the value that they take, and what they do. */
export const OPTIONS = {
  port: { value: 'number', meaning: 'the port on 127.0.0.1; 0 takes a free one (default 4010)' },
  session: { value: 'name', meaning: 'the session in the printed cookie (default signed-in)' },
  'session-life': {
    value: 'time',
    meaning: 'how long access tokens are valid, such as 30s, 5m, 8h or 7d (default 7d)',
  },
  'write-env': { value: 'file', meaning: 'also writes the variables to this file, and keeps its other lines' },
  help: { value: undefined, meaning: 'lists the options' },
} as const satisfies Record<string, { value: string | undefined; meaning: string }>;

/** The user of each session. */
export const SESSION_USERS: Readonly<Record<SessionName, string>> = {
  'signed-in': 'Ada, admin of one organization, member of another',
  expired: 'the same, later: the access token has expired, the refresh token is valid',
  impersonated: 'Ada, with a WorkOS administrator acting as her',
  'no-organization': 'Chiara, who is in no organization',
};

/** The users, and what their sign-in with a password requires. */
function listUsers(): (readonly [email: string, text: string])[] {
  return USERS.map(({ id, email }) => {
    const organizations = MEMBERSHIPS.filter(({ userId }) => userId === id);
    const names = organizations.map(({ organizationId }) => organizationById(organizationId)?.name);
    const step = stepOf(id);
    const required = step ? `; sign-in with a password answers \`${step}\`` : '';
    return [email, `\`${passwordOf(id)}\`; ${names.join(', ') || 'no organization'}${required}`];
  });
}

/** What each route is for. */
export const ROUTE_PURPOSES: Readonly<Record<RouteName, string>> = {
  'GET /user_management/authorize': 'the sign-in page',
  'POST /user_management/authenticate': 'all grants that end in a session',
  'GET /sso/jwks/:clientId': 'the signing keys',
  'GET /user_management/sessions/logout': 'ends a session in the browser',
  'POST /user_management/sessions/revoke': 'ends a session from your server: `{ session_id }`',
  'GET /_emulator/sign-in': 'where the links of the sign-in page lead',
  'POST /_emulator/sessions/expire':
    'returns the cookie of a session with an expired access token: `{ session_id }` → `{ session_id, sealed_session }`',
  'POST /_emulator/faults': 'makes the next requests fail: `{ kind, times?, route?, client_id? }`',
  'DELETE /_emulator/faults': 'removes the faults that are left',
  'POST /_emulator/environments': 'creates an environment: `{ session? }` → its variables',
  'GET /_emulator/clock': 'returns the time of the emulator: `{ now, offset_seconds }`',
  'POST /_emulator/clock': 'moves it: `{ advance_seconds }`, negative to move it back',
  'GET /_emulator/signed-out': 'the page after a logout without `return_to`',
};

/** The response of each fault. */
export const FAULT_RESPONSES: Readonly<Record<FaultKind, string>> = {
  server_error: '500',
  bad_gateway: '502 with an HTML page, as from a proxy',
  rate_limited: '429 with `Retry-After: 2`',
  empty_answer: '200 without a body',
  cut_answer: '200 with half of a JSON body',
  sso_required: '400: the organization requires single sign-on',
  mfa_enrollment: '403: the user must enroll a second factor',
  mfa_challenge: '403: the user must enter the code of an authenticator app',
  email_verification_required: '403: the user must enter the code from the email',
  organization_selection_required: '403: the user must choose an organization',
  hang: 'none, until the caller gives up or two minutes have passed',
};

/** What `startEmulator()` returns. */
export const MEMBERS: Readonly<Record<keyof RunningEmulator, string>> = {
  url: 'the address of the emulator',
  issueEnvironment: 'creates an environment: `{ session? }` → its variables',
  issueFixedEnvironment: 'the same for the environment whose client id, key and password never change',
  expireSession: 'the id of a session → its cookie with an expired access token',
  failNext: 'makes the next requests fail: `{ kind, times?, route?, clientId? }`',
  changeRole: 'gives all members of an environment another role: client id, `admin` or `member`',
  advanceClock: 'moves the clock of the emulator by seconds',
  close: 'stops the emulator',
};

/** The tables of the page by the heading of their first column, in Markdown. */
export function describeTables(): Record<string, string> {
  const options = Object.entries(OPTIONS).map(([name, { meaning }]) => [`--${name}`, meaning] as const);
  return {
    Option: table('Option', 'Meaning', options),
    Session: table('Session', 'User', Object.entries(SESSION_USERS)),
    Email: table('Email', 'Password and organizations', listUsers()),
    Member: table('Member', 'Purpose', Object.entries(MEMBERS)),
    Route: table('Route', 'Purpose', Object.entries(ROUTE_PURPOSES)),
    Fault: table('Fault', 'Response', Object.entries(FAULT_RESPONSES)),
  };
}

function table(first: string, second: string, rows: readonly (readonly [name: string, text: string])[]): string {
  const lines = rows.map(([name, text]) => `| \`${name}\` | ${text.charAt(0).toUpperCase()}${text.slice(1)} |`);
  return [`| ${first} | ${second} |`, '| --- | --- |', ...lines].join('\n');
}
