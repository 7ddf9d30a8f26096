import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

async function dashboard(request: Request): Promise<Response> {
  // Reads the cookie, verifies the session, refreshes it when due.
  const session = await userManagement.checkSession(request);
  const { headers } = session;
  if (!session.authenticated) {
    return new Response(session.reason, { status: 401, headers });
  }
  const { user, role } = session;
  return new Response(`Hello ${user.firstName} (${role})`, { headers });
}

for (const cookie of [process.env.WORKOS_SEALED_SESSION, 'forged']) {
  const request = new Request('https://example.com/dashboard', {
    headers: { Cookie: `wos-session=${cookie}` },
  });
  const response = await dashboard(request);
  console.log(response.status, await response.text());
}

// Output:
// 200 Hello Ada (admin)
// 401 invalid_session_cookie
