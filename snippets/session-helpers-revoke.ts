import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const session = userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
});
// #endregion

const before = await session.authenticate();
if (!before.authenticated) throw new Error(before.reason);

await userManagement.revokeSession({ sessionId: before.sessionId });

const after = await session.refresh();
console.log('renewed:', after.authenticated);

// Output:
// renewed: false
