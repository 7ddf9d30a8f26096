import { AuthenticationException, WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const { WORKOS_API_HOSTNAME: host, WORKOS_API_PORT: port } = process.env;

/** Lets the emulator require another step at the next sign-in. */
async function requireStep(kind: string): Promise<void> {
  await fetch(`http://${host}:${port}/_emulator/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind, client_id: process.env.WORKOS_CLIENT_ID }),
  });
}
// #endregion

await requireStep('mfa_challenge');
try {
  await userManagement.authenticateWithPassword({
    email: 'ada@example.com',
    password: 'orchards in may',
  });
} catch (error) {
  if (!(error instanceof AuthenticationException)) throw error;
  console.log(error.apiCode, error.authenticationFactors[0]?.type);
  const { user } = await userManagement.authenticateWithTotp({
    code: '123456',
    // From the request that challenges the factor.
    authenticationChallengeId: 'auth_challenge_01JP0R4VQ9V0M8B7Y3H1K2D5TA',
    pendingAuthenticationToken: error.pendingAuthenticationToken ?? '',
  });
  console.log('signed in:', user.email);
}

// Output:
// mfa_challenge totp
// signed in: ada@example.com
