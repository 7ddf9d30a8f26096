import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

// The session of a test: opened, changed, and sealed again.
const sealed = process.env.WORKOS_SEALED_SESSION ?? '';
const data = await userManagement.unsealSession(sealed);
if (!data) throw new Error('another password sealed it');

const changed = await userManagement.sealSession({
  ...data,
  user: { ...data.user, firstName: 'Grace' },
});
const session = userManagement.loadSealedSession({ sessionData: changed });
const result = await session.authenticate();
console.log(result.authenticated && result.user.firstName);

console.log(await userManagement.unsealSession('not a session'));

// Output:
// Grace
// undefined
