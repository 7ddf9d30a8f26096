/** `GET /user_management/authorize`: the sign-in page, on which you choose a user, and the way back. */
import { parseUrl } from '../parse-url.ts';
import { invalidClient, invalidParameters } from '../api-errors.ts';
import { randomLetters } from '../credentials/identifier.ts';
import { firstOrganizationOf, hasUser, membershipOf, USERS } from '../seed.ts';
import type { Call } from '../router.ts';
import type { EmulatorState } from '../store.ts';

const CODE_LETTERS = 26;

/** The checked query of the page. */
interface Authorization {
  clientId: string;
  redirectUri: URL;
  state: string | null;
  challenge: string | undefined;
  organizationId: string | undefined;
}

/** Shows the page: one link for each user, and one to decline. */
export function authorize({ url }: Call, state: EmulatorState): Response {
  parseAuthorization(url, state);
  const linkTo = (name: string, value: string) => {
    const query = new URLSearchParams(url.searchParams);
    query.set(name, value);
    return escapeHtml(`/_emulator/sign-in?${query}`);
  };
  const hint = url.searchParams.get('login_hint')?.toLowerCase();
  const users = USERS.map(({ id, name, email }) => {
    const mark = email === hint ? ' autofocus' : '';
    return `<li><a href="${linkTo('user_id', id)}"${mark}>${escapeHtml(name)} <small>${escapeHtml(email)}</small></a></li>`;
  });
  const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:10vh auto;padding:0 1rem}
    ul{list-style:none;padding:0}li a{display:block;padding:.75rem 1rem;margin:.5rem 0;border:1px solid;border-radius:.5rem;
    text-decoration:none;color:inherit}:root{color-scheme:light dark}`;
  return page(
    `<title>Sign in</title><style>${style}</style>
    <main><h1>Sign in</h1><p>This is the AuthKit emulator. Choose a test user.</p>
    <ul>${users.join('')}</ul><p><a href="${linkTo('error', 'access_denied')}">Cancel</a></p></main>`,
  );
}

/** `GET /_emulator/sign-in`, where the links of the page lead: redirects to the application, with a code or an error. */
export function signIn({ url }: Call, state: EmulatorState): Response {
  const { clientId, redirectUri, state: given, challenge, organizationId } = parseAuthorization(url, state);
  const userId = url.searchParams.get('user_id') ?? '';
  const error = url.searchParams.get('error');
  if (error === null && !hasUser(userId)) {
    throw invalidParameters([{ field: 'user_id', code: 'invalid', message: 'user_id must be the id of a user' }]);
  }
  const location = new URL(redirectUri);
  if (error === null) {
    const code = randomLetters(CODE_LETTERS);
    const organization =
      organizationId !== undefined && membershipOf(userId, organizationId) ? organizationId : undefined;
    state.store.environment(clientId)?.codes.set(code, {
      signIn: {
        userId,
        organizationId: organization ?? firstOrganizationOf(userId),
        authenticationMethod: 'Password',
        impersonator: undefined,
        signedInAtSec: state.clock.nowSec(),
      },
      issuedAtMs: state.clock.nowMs(),
      exchanged: false,
      challenge,
    });
    location.searchParams.set('code', code);
  } else location.searchParams.set('error', error);
  if (given !== null) location.searchParams.set('state', given);
  return new Response(null, { status: 302, headers: { Location: location.href } });
}

function parseAuthorization({ searchParams }: URL, state: EmulatorState): Authorization {
  const clientId = searchParams.get('client_id') ?? '';
  if (!state.store.environment(clientId)) throw invalidClient();
  const redirectUri = parseUrl(searchParams.get('redirect_uri') ?? '');
  const faults = [
    ...(redirectUri && /^https?:$/.test(redirectUri.protocol) ? [] : ['redirect_uri']),
    ...(searchParams.get('response_type') === 'code' ? [] : ['response_type']),
    ...(['provider', 'connection_id', 'organization_id'].some((name) => searchParams.has(name)) ? [] : ['provider']),
    ...(searchParams.has('code_challenge') && searchParams.get('code_challenge_method') !== 'S256'
      ? ['code_challenge_method']
      : []),
  ];
  if (!redirectUri || faults.length > 0) {
    throw invalidParameters(faults.map((field) => ({ field, code: 'invalid', message: `${field} is invalid` })));
  }
  return {
    clientId,
    redirectUri,
    state: searchParams.get('state'),
    challenge: searchParams.get('code_challenge') ?? undefined,
    organizationId: searchParams.get('organization_id') ?? undefined,
  };
}

function page(content: string): Response {
  const head =
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">';
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
  };
  return new Response(`${head}${content}</html>`, { headers });
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
