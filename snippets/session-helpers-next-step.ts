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
  console.log(error.status, error.apiCode);
  console.log('verification:', error.emailVerificationId);
  console.log('send back:', error.pendingAuthenticationToken);
}

// Output:
// 403 email_verification_required
// verification: email_verification_01JP0R7C3K9M2T5X8V1B4N6QWE
// send back: pat_01JJWA8QK2M4X7B9C5E3F6G1HT
