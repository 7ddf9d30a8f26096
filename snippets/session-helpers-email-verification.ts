import { AuthenticationException, WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

try {
  await userManagement.authenticateWithPassword({
    // A user of the emulator whose email address is not verified.
    email: 'dana@example.com',
    password: 'letters by post',
  });
} catch (error) {
  if (!(error instanceof AuthenticationException)) throw error;
  console.log(error.apiCode);
  const { user } = await userManagement.authenticateWithEmailVerification({
    // What the user types. The emulator accepts this code.
    code: '123456',
    pendingAuthenticationToken: error.pendingAuthenticationToken ?? '',
  });
  console.log('signed in:', user.email);
}

// Output:
// email_verification_required
// signed in: dana@example.com
