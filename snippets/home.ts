import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

async function greet(cookies: string): Promise<string> {
  // Finds the session, verifies it, and refreshes it when due.
  const session = await userManagement.checkSession(cookies);
  if (!session.authenticated) return `Sign in: ${session.reason}`;
  return `Hello ${session.user.firstName}, ${session.role}`;
}

// The Cookie header of three requests.
const cookie = `wos-session=${process.env.WORKOS_SEALED_SESSION}`;
console.log(await greet(cookie));
console.log(await greet('wos-session=forged'));
console.log(await greet('theme=dark'));

// Output:
// Hello Ada, admin
// Sign in: invalid_session_cookie
// Sign in: no_session_cookie_provided
