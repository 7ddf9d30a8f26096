import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

const { user, authenticationMethod } =
  await userManagement.authenticateWithMagicAuth({
    email: 'ben@example.com',
    // What the user types. The emulator accepts this code.
    code: '123456',
    // The result also has sealedSession, the value of the cookie.
    session: { sealSession: true },
  });
console.log(user.email, authenticationMethod);

// Output:
// ben@example.com MagicAuth
