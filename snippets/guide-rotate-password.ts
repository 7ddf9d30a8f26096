import { randomBytes } from 'node:crypto';
import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const oldPassword = process.env.WORKOS_COOKIE_PASSWORD ?? '';
// Yours comes from the environment, like the old one.
const newPassword = randomBytes(32).toString('base64');
// #endregion

const session = userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: [newPassword, oldPassword],
});

const before = await session.authenticate();
if (before.authenticated) {
  console.log(`sealed with the old password: ${before.needsReseal}`);
}

// The new session is sealed with the first password of the list.
const renewed = await session.refresh();

if (renewed.authenticated) {
  const after = await userManagement
    .loadSealedSession({
      sessionData: renewed.sealedSession,
      cookiePassword: newPassword,
    })
    .authenticate();
  console.log(`opens with the new password alone: ${after.authenticated}`);
}

// Output:
// sealed with the old password: true
// opens with the new password alone: true
