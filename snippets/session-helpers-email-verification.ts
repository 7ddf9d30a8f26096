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

await requireStep('email_verification_required');
try {
  await userManagement.authenticateWithPassword({
    email: 'ada@example.com',
    password: 'orchards in may',
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
// signed in: ada@example.com
