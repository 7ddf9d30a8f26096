import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();
const redirectUri = 'https://example.com/callback';

/** GET /sign-in?return_to=/dashboard */
async function signIn(request: Request): Promise<Response> {
  const returnTo = new URL(request.url).searchParams.get('return_to');
  const { url, headers } = await userManagement.startSignIn({
    redirectUri,
    returnTo,
  });
  return new Response(null, {
    status: 303,
    headers: [...headers, ['Location', url]],
  });
}

/** GET /callback */
async function callback(request: Request): Promise<Response> {
  const result = await userManagement.finishSignIn(request);
  const Location = result.authenticated ? result.returnTo : '/sign-in-failed';
  if (!result.authenticated) console.log(result.reason);
  return new Response(null, {
    status: result.authenticated || !result.retryable ? 303 : 503,
    headers: [...result.headers, ['Location', Location]],
  });
}

// What a browser does: it opens the route, chooses a user on the sign-in
// page of the emulator, and comes back with the cookie.
const opened = await signIn(
  new Request('https://example.com/sign-in?return_to=/dashboard'),
);
const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const page = await fetch(opened.headers.get('Location') ?? '');
const link = (await page.text()).split('href="')[1]?.split('"')[0] ?? '';
const chosen = await fetch(new URL(link.replaceAll('&#38;', '&'), page.url), {
  redirect: 'manual',
});
const back = chosen.headers.get('Location') ?? '';
console.log('back at', new URL(back).pathname);

const signedIn = await callback(
  new Request(back, { headers: { Cookie: cookie } }),
);
console.log(signedIn.status, signedIn.headers.get('Location'));
for (const set of signedIn.headers.getSetCookie()) {
  const [name = ''] = set.split('=');
  const isDeleted = set.includes('Max-Age=0');
  console.log(name.slice(0, 11), isDeleted ? 'is deleted' : 'is set');
}

// Somebody who was sent a link to the callback has no such cookie.
const other = await callback(new Request(back));
console.log(other.status, other.headers.get('Location'));

// Output:
// back at /callback
// 303 /dashboard
// wos-sign-in is deleted
// wos-session is set
// state_mismatch
// 303 /sign-in-failed
