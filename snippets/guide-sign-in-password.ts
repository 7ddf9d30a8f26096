import {
  SessionError,
  WorkOS,
  setSessionCookie,
} from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

async function signIn(email: string, password: string): Promise<string[]> {
  try {
    const { sealedSession = '' } =
      await userManagement.authenticateWithPassword({
        email,
        password,
        session: { sealSession: true },
      });
    console.log('Signed in');
    return setSessionCookie(sealedSession, { maxAge: 14 * 24 * 60 * 60 });
  } catch (error) {
    const apiCode = error instanceof SessionError ? error.apiCode : undefined;
    if (apiCode !== 'invalid_credentials') throw error;
    console.log('Wrong email address or password');
    return [];
  }
}

await signIn('ada@example.com', 'a wrong guess');
await signIn('nobody@example.com', 'orchards in may');
const cookies = await signIn('ada@example.com', 'orchards in may');
console.log(cookies.map((cookie) => cookie.split('; ')[1]));

// Output:
// Wrong email address or password
// Wrong email address or password
// Signed in
// [ 'Max-Age=1209600' ]
