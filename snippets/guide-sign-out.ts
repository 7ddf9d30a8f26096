import {
  SessionError,
  WorkOS,
  deleteSessionCookie,
  readSessionCookie,
} from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
const sessionData = process.env.WORKOS_SEALED_SESSION;
// #endregion

const signedOut = 'https://example.com/goodbye';

async function signOut(request: Request): Promise<Response> {
  const cookies = request.headers.get('Cookie');
  const session = userManagement.loadSealedSession({
    sessionData: readSessionCookie(cookies),
    cookiePassword,
  });
  let Location = signedOut;
  try {
    Location = await session.getLogOutUrl({ returnTo: signedOut });
  } catch (error) {
    // No session to end: clear the cookie anyway.
    const code = error instanceof SessionError ? error.code : undefined;
    if (code !== 'session_unusable') throw error;
  }
  const headers = new Headers({ Location });
  for (const deleted of deleteSessionCookie({ present: cookies })) {
    headers.append('Set-Cookie', deleted);
  }
  return new Response(null, { status: 303, headers });
}

async function post(Cookie: string): Promise<string> {
  const request = new Request('https://example.com/sign-out', {
    method: 'POST',
    headers: { Cookie },
  });
  const { headers } = await signOut(request);
  console.log(headers.getSetCookie().join('\n'));
  return headers.get('Location') ?? '';
}

console.log(await post('wos-session=nonsense; wos-session.0=a-chunk'));

// The browser follows the redirect, and the API ends the session.
const url = await post(`wos-session=${sessionData}`);
console.log(new URL(url).pathname);
const ended = await fetch(url, { redirect: 'manual' });
console.log(`redirected to ${ended.headers.get('Location')}`);

// A copy of the cookie opens until its access token expires.
const copy = userManagement.loadSealedSession({ sessionData, cookiePassword });
console.log(`the copy opens: ${(await copy.authenticate()).authenticated}`);
const renewed = await copy.refresh();
console.log(`refreshing the copy: ${renewed.authenticated || renewed.reason}`);

// Output:
// wos-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax
// wos-session.0=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax
// https://example.com/goodbye
// wos-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax
// /user_management/sessions/logout
// redirected to https://example.com/goodbye
// the copy opens: true
// refreshing the copy: invalid_grant
