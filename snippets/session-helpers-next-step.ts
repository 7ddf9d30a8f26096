import { AuthenticationException, WorkOS } from 'authkit-session-helpers';

// #region setup
// Simulates a user who has to verify the email address first.
const answer = {
  code: 'email_verification_required',
  message: 'Email ownership must be verified.',
  email_verification_id: 'email_verification_01JNZQ',
  pending_authentication_token: 'pat_01JNZP',
};
const workos = new WorkOS({
  fetchFn: async () => Response.json(answer, { status: 403 }),
});
// #endregion

try {
  await workos.userManagement.authenticateWithPassword({
    email: 'ada@example.com',
    password: 'orchards in may',
  });
} catch (error) {
  if (!(error instanceof AuthenticationException)) throw error;
  console.log(error.name, error.status, error.apiCode);
  console.log('verification:', error.emailVerificationId);
  console.log('send back:', error.pendingAuthenticationToken);
  console.log('in a log:', JSON.stringify(error).includes('pat_'));
}

// Output:
// AuthenticationException 403 email_verification_required
// verification: email_verification_01JNZQ
// send back: pat_01JNZP
// in a log: false
