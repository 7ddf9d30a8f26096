import { AuthenticationException, WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

try {
  await userManagement.authenticateWithPassword({
    // A user of the emulator with a second factor.
    email: 'fay@example.com',
    password: 'six digits more',
  });
} catch (error) {
  if (!(error instanceof AuthenticationException)) throw error;
  console.log(error.apiCode, error.authenticationFactors[0]?.type);
  const { user } = await userManagement.authenticateWithTotp({
    // What the user types. The emulator accepts this code.
    code: '123456',
    // From the request that challenges the factor.
    authenticationChallengeId: 'auth_challenge_01JP0R4VQ9V0M8B7Y3H1K2D5TA',
    pendingAuthenticationToken: error.pendingAuthenticationToken ?? '',
  });
  console.log('signed in:', user.email);
}

// Output:
// mfa_challenge totp
// signed in: fay@example.com
