/**
 * Calls of the wrappers for Ruby and Python, each with a check of what they show: every parameter reaches the API, and every
 * field comes back. Over 300 lines, because it lists all methods, states of a session and kinds of errors.
 */
import { unsealData } from 'iron-session';
import { expect } from 'vitest';
import type { Entry } from '../../../docs/reference/index.ts';
import type { FaultKind, IssuedEnvironment, SessionName } from '../../../emulator/index.ts';
import { type AuthenticationResponse, SessionError, WorkOS } from '../../../sdk/index.ts';
import { entriesOf, entryOf, type Fields, type Language, LANGUAGES } from './documented.ts';
import { startRecordingApi } from './recording-api.ts';
import { shownError, shownResponse, shownResult } from './shown.ts';

/** What a program of another language does: calls of one client, or of the session that it loads. */
interface Step {
  client: { api_key?: string; client_id?: string };
  session?: Fields;
  calls: [method: string, given: Fields][];
}

export interface Case {
  language: Language;
  about: string;
  step: Step;
  /** Receives what the calls returned, or the error of the first that failed. */
  check: (shown: any) => void | Promise<void>;
}

const HARBOUR = 'org_01JKT5RA50YM9TH01PT9R8YQFK';
const NEW_PASSWORD = 'another password, of more than 32 characters';
const GRANTS: Readonly<Record<string, string>> = {
  authenticate_with_code: 'authorization_code',
  authenticate_with_password: 'password',
  authenticate_with_refresh_token: 'refresh_token',
  authenticate_with_magic_auth: 'urn:workos:oauth:grant-type:magic-auth:code',
  authenticate_with_email_verification: 'urn:workos:oauth:grant-type:email-verification:code',
  authenticate_with_organization_selection: 'urn:workos:oauth:grant-type:organization-selection',
  authenticate_with_totp: 'urn:workos:oauth:grant-type:mfa-totp',
};

export const api = await startRecordingApi();
/** The environment of the process, for clients without settings of their own. */
export const ambient = await api.issueEnvironment();

function clientOf(language: Language, environment: IssuedEnvironment): Step['client'] {
  const { WORKOS_API_KEY: api_key, WORKOS_CLIENT_ID: client_id } = environment;
  return language === 'ruby' ? { api_key } : { api_key, client_id };
}

function sessionOf(language: Language, environment: IssuedEnvironment, more: Fields = {}): Fields {
  const sealed = { [language === 'ruby' ? 'session_data' : 'sealed_session']: environment.WORKOS_SEALED_SESSION };
  const ofRuby = language === 'ruby' ? { client_id: environment.WORKOS_CLIENT_ID } : {};
  const known = { ...sealed, cookie_password: environment.WORKOS_COOKIE_PASSWORD, ...ofRuby };
  // A cookie has another name in each language.
  return { ...known, ...Object.fromEntries(Object.entries(more).filter(([key]) => key in known)) };
}

const openCookie = (sealed: string, password: string) => unsealData<AuthenticationResponse>(sealed, { password });

/** What the API can return besides what every session has. */
const withEverything = (answer: Fields): Fields => ({
  ...answer,
  user: {
    ...answer['user'],
    profile_picture_url: 'https://example.com/ada.png',
    external_id: 'employee_7',
    metadata: { favouriteColour: 'red', Team_Name: 'engines', 'e-mail': 'no' },
  },
  impersonator: { email: 'support@example.com', reason: 'A question' },
  oauth_tokens: {
    access_token: 'provider_access',
    refresh_token: 'provider_refresh',
    expires_at: 1_893_456_000,
    scopes: ['email', 'openid'],
  },
});

/** A session that has nothing that is optional. */
const withLittle = ({ organization_id: _, authentication_method: __, ...answer }: Fields): Fields => ({
  ...answer,
  user: {
    ...answer['user'],
    name: null,
    first_name: null,
    last_name: null,
    last_sign_in_at: null,
    locale: null,
  },
});

/** Values of parameters that the emulator accepts. */
async function valuesFor(id: string, environment: IssuedEnvironment): Promise<Fields> {
  const { refreshToken } = await openCookie(environment.WORKOS_SEALED_SESSION, environment.WORKOS_COOKIE_PASSWORD);
  return {
    client_id: environment.WORKOS_CLIENT_ID,
    code: id === 'authenticate_with_code' ? environment.WORKOS_AUTHORIZATION_CODE : '123456',
    code_verifier: 'a-verifier-of-43-characters-or-more-0123456789',
    invitation_token: 'invitation_1',
    session: { seal_session: true, cookie_password: NEW_PASSWORD },
    ip_address: '203.0.113.7',
    user_agent: 'Netscape/4.0',
    email: 'ada@example.com',
    password: 'orchards in may',
    refresh_token: refreshToken,
    organization_id: HARBOUR,
    link_authorization_code: 'link_1',
    pending_authentication_token: 'pat_01JGXF68E0TF04P3S6A0XGP12C',
    authentication_challenge_id: 'auth_challenge_01JP0R4VQ9V0M8B7Y3H1K2D5TA',
    redirect_uri: 'https://app.example.com/callback',
    provider: 'authkit',
    connection_id: 'conn_1',
    state: 'state_1',
    code_challenge: 'challenge_1',
    domain_hint: 'example.com',
    login_hint: 'ben@example.com',
    prompt: 'login',
    screen_hint: 'sign-up',
    provider_scopes: ['openid', 'calendar.read'],
    return_to: 'https://app.example.com/bye',
    cookie_password: NEW_PASSWORD,
  };
}

async function givenTo({ id, parameters }: Entry, environment: IssuedEnvironment, which: 'all' | 'required') {
  const values = await valuesFor(id, environment);
  const rows = parameters.filter(({ optional }) => which === 'all' || !optional);
  return Object.fromEntries(rows.map(({ key }) => [key, values[key]]));
}

function nodeClient(environment: IssuedEnvironment) {
  return new WorkOS({
    apiKey: environment.WORKOS_API_KEY,
    clientId: environment.WORKOS_CLIENT_ID,
    apiHostname: environment.WORKOS_API_HOSTNAME,
    port: Number(environment.WORKOS_API_PORT),
    https: false,
  }).userManagement;
}

/** What a call returns, or its error. */
async function outcomeOf<Result>(call: () => Promise<Result> | Result): Promise<Result | SessionError> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof SessionError) return error;
    throw error;
  }
}

/** The exchange whose answer an error describes. */
function exchangeOf(environment: IssuedEnvironment, shown: Fields) {
  return api.exchangesOf(environment).find(({ requestId }) => requestId === shown['request_id']);
}

export const cases: Case[] = [];

/** Every method that signs in, with all documented parameters and with the required ones. */
async function addSignIns(language: Language): Promise<void> {
  for (const entry of entriesOf(language).filter(({ id }) => Object.hasOwn(GRANTS, id))) {
    for (const [which, change] of [
      ['all', withEverything],
      ['required', withLittle],
    ] as const) {
      const environment = await api.issueEnvironment();
      api.change(environment, change);
      const given = await givenTo(entry, environment, which);
      cases.push({
        language,
        about: `${entry.key} sends ${which} of its documented parameters, and returns what the API answered`,
        step: { client: clientOf(language, environment), calls: [[entry.key, given]] },
        check: async (shown) => {
          const { client_id: _, session, ...sent } = given;
          const [exchange] = api.exchangesOf(environment);
          expect(exchange).toMatchObject({ route: 'POST /user_management/authenticate', status: 200 });
          expect(exchange?.request).toEqual({
            client_id: environment.WORKOS_CLIENT_ID,
            client_secret: environment.WORKOS_API_KEY,
            grant_type: GRANTS[entry.id],
            ...sent,
          });
          const [response] = shown as [Fields];
          const sealed = response['sealed_session'] as string | null;
          expect(response).toEqual(shownResponse(language, exchange!.answer, session ? sealed : null));
          if (session) {
            const cookie = await openCookie(sealed ?? '', NEW_PASSWORD);
            expect(cookie).toMatchObject({ accessToken: exchange!.answer['access_token'] });
          }
        },
      });
    }
  }
}

/** The other methods of user management, and the methods of a session. */
async function addOtherCalls(language: Language): Promise<void> {
  for (const which of ['all', 'required'] as const) {
    const environment = await api.issueEnvironment();
    const client = clientOf(language, environment);
    const add = (about: string, step: Omit<Step, 'client'>, check: Case['check']) =>
      cases.push({ language, about, step: { client, ...step }, check });

    const authorization = entryOf(language, 'get_authorization_url');
    const asked = { provider: 'authkit', ...(await givenTo(authorization, environment, which)) };
    add(
      `${authorization.key} has ${which} of its documented parameters in the URL`,
      { calls: [[authorization.key, asked]] },
      ([url]) => {
        const expected = {
          // In Ruby, the client id is an optional parameter.
          client_id:
            language === 'ruby' && which === 'required' ? ambient.WORKOS_CLIENT_ID : environment.WORKOS_CLIENT_ID,
          response_type: 'code',
          ...asked,
          ...('code_challenge' in asked && { code_challenge_method: 'S256' }),
        };
        const pairs = Object.entries(expected).flatMap(([key, value]) => [value].flat().map((each) => [key, each]));
        expect(url).toMatch(`${api.url}/user_management/authorize?`);
        expect([...new URL(url).searchParams]).toEqual(pairs.toSorted(([a], [b]) => (a! < b! ? -1 : 1)));
      },
    );

    const session = sessionOf(language, environment);
    const { sid } = await sessionIn(environment);
    const logout = await givenTo(entryOf(language, 'get_logout_url'), environment, which);
    add(
      `get_logout_url has ${which} of its documented parameters in the URL`,
      { session, calls: [['get_logout_url', logout]] },
      ([url]) => {
        expect(url).toMatch(`${api.url}/user_management/sessions/logout?`);
        expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ session_id: sid, ...logout });
      },
    );
  }
  if (language === 'ruby') {
    // The gem takes the client id with each call.
    const ids = ['client_1', 'client_2', 'client_1'];
    const given = { redirect_uri: 'https://app.example.com/callback', provider: 'authkit' };
    cases.push({
      language,
      about: 'each call is for the client id that it names',
      step: {
        client: { api_key: 'sk_1' },
        calls: ids.map((client_id) => [entryOf(language, 'get_authorization_url').key, { ...given, client_id }]),
      },
      check: (urls: string[]) => {
        expect(urls.map((url) => new URL(url).searchParams.get('client_id'))).toEqual(ids);
      },
    });
  }
  const revoked = await api.issueEnvironment();
  const { sid } = await sessionIn(revoked);
  cases.push({
    language,
    about: 'revoke_session ends the session, and returns nothing',
    step: { client: clientOf(language, revoked), calls: [['revoke_session', { session_id: sid }]] },
    check: (shown) => {
      expect(shown).toEqual([null]);
      expect(api.exchangesOf(revoked)).toMatchObject([
        { route: 'POST /user_management/sessions/revoke', request: { session_id: sid }, status: 200 },
      ]);
    },
  });
  cases.push({
    language,
    about: 'a client without a key and a client id takes those of the environment',
    step: {
      client: {},
      session: { ...sessionOf(language, ambient), ...(language === 'ruby' && { client_id: undefined }) },
      calls: [
        ['authenticate', {}],
        ['refresh', {}],
      ],
    },
    check: ([{ authenticated, ...ruby }]) => expect(authenticated ?? ruby[':authenticated']).toBe(true),
  });
}

async function sessionIn(environment: IssuedEnvironment): Promise<{ sid: string }> {
  const { accessToken } = await openCookie(environment.WORKOS_SEALED_SESSION, environment.WORKOS_COOKIE_PASSWORD);
  return JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()) as { sid: string };
}

/** A session in each state, before and after a refresh, next to what the Node.js helpers return for the same cookie. */
async function addSessions(language: Language): Promise<void> {
  const states: [
    about: string,
    name: SessionName,
    change: (answer: Fields) => Fields,
    cookie?: Fields,
    refresh?: 'all',
  ][] = [
    ['a signed-in session', 'signed-in', (answer) => answer],
    ['an expired session', 'expired', (answer) => answer],
    ['an impersonated session', 'impersonated', (answer) => answer],
    ['a session without an organization', 'no-organization', (answer) => answer],
    ['a session with metadata', 'signed-in', withEverything],
    ['a switch of organization and password', 'signed-in', (answer) => answer, {}, 'all'],
    ['no cookie', 'signed-in', (answer) => answer, { sealed_session: null, session_data: null }],
    ['another cookie', 'signed-in', (answer) => answer, { sealed_session: 'theme=dark', session_data: 'theme=dark' }],
    ['another password', 'signed-in', (answer) => answer, { cookie_password: NEW_PASSWORD }],
  ];
  for (const [about, name, change, cookie = {}, which = 'required'] of states) {
    const environment = await api.issueEnvironment({ session: name });
    api.change(environment, change);
    const session = sessionOf(language, environment, cookie);
    const given = await givenTo(entryOf(language, 'refresh'), environment, which);
    const options = which === 'all' ? { cookiePassword: NEW_PASSWORD, organizationId: HARBOUR } : {};
    cases.push({
      language,
      about: `${about} is what it is in Node.js`,
      step: {
        client: clientOf(language, environment),
        session,
        calls: [
          ['authenticate', {}],
          ['refresh', given],
          ['authenticate', {}],
        ],
      },
      check: async (shown) => {
        const node = nodeClient(environment).loadSealedSession({
          sessionData: (session['session_data'] ?? session['sealed_session']) || undefined,
          cookiePassword: session['cookie_password'],
        });
        expect(shown[0]).toEqual(shownResult(language, 'authenticate', await node.authenticate()));
        // The API answers a refresh token that comes again as it did before.
        const refreshed = await node.refresh(options);
        const sealed = (shown[1].sealed_session ?? shown[1][':sealed_session'] ?? undefined) as string | undefined;
        expect(shown[1]).toEqual(shownResult(language, 'refresh', refreshed, sealed));
        expect(shown[2]).toEqual(shownResult(language, 'authenticate', await node.authenticate()));
        if (!refreshed.authenticated) return;
        const password = options.cookiePassword ?? environment.WORKOS_COOKIE_PASSWORD;
        expect((await openCookie(sealed ?? '', password)).accessToken).toBe(refreshed.session.accessToken);
        const { organizationId } = refreshed;
        if (which === 'all') expect(organizationId).toBe(HARBOUR);
      },
    });
  }
}

/** Refusals, each next to the error of the Node.js helpers. */
async function addErrors(language: Language): Promise<void> {
  const signIn = { email: 'ada@example.com', code: '123456' };
  const refusals: FaultKind[] = [
    'server_error',
    'sso_required',
    'mfa_enrollment',
    'mfa_challenge',
    'email_verification_required',
    'organization_selection_required',
  ];
  const add = (
    about: string,
    environment: IssuedEnvironment,
    step: Omit<Step, 'client'> & { client?: Step['client'] },
    call: () => Promise<unknown> | unknown,
  ) =>
    cases.push({
      language,
      about,
      step: { client: clientOf(language, environment), ...step },
      check: async (shown) => {
        const outcome = await outcomeOf(call);
        expect(shown).toEqual(
          outcome instanceof SessionError
            ? shownError(language, outcome, exchangeOf(environment, shown as Fields))
            : [shownResult(language, 'refresh', outcome as object)],
        );
      },
    });
  for (const kind of refusals) {
    const environment = await api.issueEnvironment();
    const fault = { kind, clientId: environment.WORKOS_CLIENT_ID, times: 1_000 };
    api.emulator.failNext(fault);
    // An answer is data of the API: the wrappers rename nothing in it.
    api.change(environment, (answer) => ({ ...answer, retryHint: { notBefore: 'tomorrow' } }));
    const client = nodeClient(environment);
    const ofRuby = language === 'ruby' ? { client_id: environment.WORKOS_CLIENT_ID } : {};
    add(
      `a sign-in that fails with ${kind} raises`,
      environment,
      { calls: [['authenticate_with_magic_auth', { ...signIn, ...ofRuby }]] },
      () => client.authenticateWithMagicAuth(signIn),
    );
    const session = sessionOf(language, environment);
    add(
      `a refresh that fails with ${kind} returns or raises as in Node.js`,
      environment,
      { session, calls: [['refresh', {}]] },
      () =>
        client
          .loadSealedSession({
            sessionData: environment.WORKOS_SEALED_SESSION,
            cookiePassword: environment.WORKOS_COOKIE_PASSWORD,
          })
          .refresh(),
    );
  }
  const environment = await api.issueEnvironment();
  const cookiePassword = environment.WORKOS_COOKIE_PASSWORD;
  const load = (sessionData: string | undefined, password = cookiePassword) =>
    nodeClient(environment).loadSealedSession({ sessionData, cookiePassword: password });
  add(
    'a cookie without a session has no log out URL',
    environment,
    {
      session: sessionOf(language, environment, { session_data: null, sealed_session: null }),
      calls: [['get_logout_url', {}]],
    },
    () => load(undefined).getLogOutUrl(),
  );
  add(
    'a short password raises',
    environment,
    { session: sessionOf(language, environment, { cookie_password: 'short' }), calls: [['authenticate', {}]] },
    () => load(undefined, 'short'),
  );
  add(
    'a session that does not exist cannot be revoked',
    environment,
    { calls: [['revoke_session', { session_id: 'session_1' }]] },
    () => nodeClient(environment).revokeSession({ sessionId: 'session_1' }),
  );
  const keyless = await api.issueEnvironment();
  api.emulator.failNext({ kind: 'server_error', route: 'jwks', clientId: keyless.WORKOS_CLIENT_ID, times: 1_000 });
  add(
    'a key server that is down raises',
    keyless,
    { session: sessionOf(language, keyless), calls: [['authenticate', {}]] },
    () =>
      nodeClient(keyless)
        .loadSealedSession({
          sessionData: keyless.WORKOS_SEALED_SESSION,
          cookiePassword: keyless.WORKOS_COOKIE_PASSWORD,
        })
        .authenticate(),
  );
}

for (const language of LANGUAGES) {
  await addSignIns(language);
  await addOtherCalls(language);
  await addSessions(language);
  await addErrors(language);
}
