import {
  SessionError,
  WorkOS,
  readSessionCookie,
  serializeSessionCookie,
} from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;

function redirect(Location: string, cookie?: string): Response {
  const headers = new Headers({ Location });
  if (cookie !== undefined) headers.set('Set-Cookie', cookie);
  return new Response(null, { status: 303, headers });
}

const deleted = serializeSessionCookie('', { maxAge: 0 });

/** Asks the emulator to answer the next refresh with `sso_required`. */
async function requireSignOn(): Promise<void> {
  const { WORKOS_API_HOSTNAME: host, WORKOS_API_PORT: port } = process.env;
  await fetch(`http://${host}:${port}/_emulator/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      kind: 'sso_required',
      client_id: process.env.WORKOS_CLIENT_ID,
    }),
  });
}
// #endregion

async function switchOrganization(request: Request): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const organizationId = form.get('organization') ?? '';
  const session = userManagement.loadSealedSession({
    sessionData: readSessionCookie(request.headers.get('Cookie')),
    cookiePassword,
  });
  try {
    const result = await session.refresh({ organizationId });
    if (result.authenticated) {
      console.log(`in ${result.organizationId} as ${result.role}`);
      return redirect('/', serializeSessionCookie(result.sealedSession));
    }
    if (result.retryable) return new Response(null, { status: 503 });
    if (result.sessionEnded) return redirect('/sign-in', deleted);
    // The organization requires more. The session goes on in the old one.
    console.log(`kept, because ${result.reason}`);
    const signIn = `/sign-in?organization=${organizationId}`;
    return redirect(result.authkitRedirectUrl ?? signIn);
  } catch (error) {
    // Not an organization of this user: the session stays as it is.
    const code = error instanceof SessionError ? error.code : undefined;
    if (code !== 'request_refused' && code !== 'access_denied') throw error;
    return new Response(null, { status: 403 });
  }
}

const harbour = 'org_01JKT5RA50YM9TH01PT9R8YQFK';

async function post(organization: string): Promise<void> {
  const request = new Request('https://example.com/switch', {
    method: 'POST',
    headers: { Cookie: `wos-session=${process.env.WORKOS_SEALED_SESSION}` },
    body: new URLSearchParams({ organization }),
  });
  const { status, headers } = await switchOrganization(request);
  const set = headers.getSetCookie().length;
  console.log(status, headers.get('Location') ?? '', `cookies set: ${set}`);
}

// An organization that is not the user's.
await post('org_01JQZZZZZZZZZZZZZZZZZZZZZZ');
// An organization that requires single sign-on: the emulator can simulate that.
await requireSignOn();
await post(harbour);
// The same without that requirement.
await post(harbour);

// Output:
// 403  cookies set: 0
// kept, because sso_required
// 303 https://example.authkit.app/sso cookies set: 0
// in org_01JKT5RA50YM9TH01PT9R8YQFK as member
// 303 / cookies set: 1
