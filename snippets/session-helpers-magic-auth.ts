import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

const { user, authenticationMethod, sealedSession } =
  await userManagement.authenticateWithMagicAuth({
    email: 'ben@example.com',
    // What the user types. The emulator accepts this code.
    code: '123456',
    session: { sealSession: true },
  });
console.log(user.email, authenticationMethod);
console.log('a cookie:', sealedSession?.startsWith('Fe26.2*'));

// Output:
// ben@example.com MagicAuth
// a cookie: true
