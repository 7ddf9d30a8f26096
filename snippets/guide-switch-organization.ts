import {
  SESSION_COOKIE_NAME,
  SessionError,
  WorkOS,
  serializeSessionCookie,
} from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;

function readCookie(header: string): string | undefined {
  const pairs = header.split('; ').map((pair) => pair.split('='));
  return pairs.find(([name]) => name === SESSION_COOKIE_NAME)?.[1];
}

function redirect(Location: string, cookie?: string): Response {
  const headers = new Headers({ Location });
  if (cookie !== undefined) headers.set('Set-Cookie', cookie);
  return new Response(null, { status: 303, headers });
}
// #endregion

async function switchOrganization(request: Request): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const organizationId = form.get('organization') ?? '';
  const session = userManagement.loadSealedSession({
    sessionData: readCookie(request.headers.get('Cookie') ?? ''),
    cookiePassword,
  });
  try {
    const result = await session.refresh({ organizationId });
    if (result.authenticated) {
      console.log(`in ${result.organizationId} as ${result.role}`);
      return redirect('/', serializeSessionCookie(result.sealedSession));
    }
    if (result.retryable) return new Response(null, { status: 503 });
    // The organization requires another sign-in step.
    return redirect(`/sign-in?organization=${organizationId}`);
  } catch (error) {
    // The user is not a member: keep the session as it is.
    const code = error instanceof SessionError ? error.code : undefined;
    if (code !== 'request_refused' && code !== 'access_denied') throw error;
    return new Response(null, { status: 403 });
  }
}

// The user is a member of the second organization only.
for (const organization of [
  'org_01JQZZZZZZZZZZZZZZZZZZZZZZ',
  'org_01JKT5RA50YM9TH01PT9R8YQFK',
]) {
  const request = new Request('https://example.com/switch', {
    method: 'POST',
    headers: { Cookie: `wos-session=${process.env.WORKOS_SEALED_SESSION}` },
    body: new URLSearchParams({ organization }),
  });
  const { status, headers } = await switchOrganization(request);
  console.log(`${status}, cookies set: ${headers.getSetCookie().length}`);
}

// Output:
// 403, cookies set: 0
// in org_01JKT5RA50YM9TH01PT9R8YQFK as member
// 303, cookies set: 1
