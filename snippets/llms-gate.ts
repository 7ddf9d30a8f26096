import { type User, WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

async function gate(request: Pick<Request, 'headers'>): Promise<Response> {
  const session = await userManagement.checkSession(request);
  const headers = new Headers(session.headers);
  if (session.authenticated) return show(session.user, headers);
  if (session.retryable) return new Response(null, { status: 503, headers });
  headers.set('Location', '/sign-in');
  return new Response(null, { status: 303, headers });
}

function show(user: User, headers: Headers): Response {
  return new Response(`Hello ${user.firstName}`, { headers });
}

const Cookie = `wos-session=${process.env.WORKOS_SEALED_SESSION}`;
const visitors = { 'signed in': { Cookie }, 'not signed in': {} };
for (const [name, sent] of Object.entries(visitors)) {
  const response = await gate({ headers: new Headers(sent) });
  const answer = response.headers.get('Location') ?? (await response.text());
  console.log(`${name}: ${response.status} ${answer}`);
}

// Output:
// signed in: 200 Hello Ada
// not signed in: 303 /sign-in
