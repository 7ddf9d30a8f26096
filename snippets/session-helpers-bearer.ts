import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
// Stands for the token of the application in the browser.
const { accessToken } = await userManagement.authenticateWithPassword({
  email: 'ada@example.com',
  password: 'orchards in may',
});
// #endregion

async function whoCalls(request: Request): Promise<string> {
  const caller = await userManagement.authenticateBearer(
    request.headers.get('Authorization'),
  );
  if (!caller.authenticated) return caller.reason;
  return `${caller.role} in ${caller.organizationId}`;
}

const url = 'https://api.example.com/posts';
for (const Authorization of [`Bearer ${accessToken}`, 'Bearer forged', '']) {
  console.log(await whoCalls(new Request(url, { headers: { Authorization } })));
}

// Output:
// admin in org_01JK303SQ8R2VDK97F38E46C5R
// invalid_jwt
// no_access_token_provided
