import { WorkOS } from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const session = workos.userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});
// #endregion

const before = await session.authenticate();

const after = await session.refresh({
  organizationId: 'org_01JKT5RA50YM9TH01PT9R8YQFK',
});

if (before.authenticated) {
  console.log(`from ${before.organizationId} as ${before.role}`);
}
if (after.authenticated) {
  console.log(`to   ${after.organizationId} as ${after.role}`);
} else {
  console.log(`not switched: ${after.reason}`);
}

// Output:
// from org_01JK303SQ8R2VDK97F38E46C5R as admin
// to   org_01JKT5RA50YM9TH01PT9R8YQFK as member
