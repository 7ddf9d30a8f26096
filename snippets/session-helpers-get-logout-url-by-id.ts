import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

const url = new URL(
  userManagement.getLogoutUrl({
    sessionId: 'session_01JK304D2Q6RTV58FE94A0MW7X',
    returnTo: 'https://example.com/bye',
  }),
);

console.log(url.pathname);
for (const [name, value] of url.searchParams) console.log(name, value);

// Output:
// /user_management/sessions/logout
// session_id session_01JK304D2Q6RTV58FE94A0MW7X
// return_to https://example.com/bye
