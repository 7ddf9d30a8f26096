import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

const url = userManagement.getAuthorizationUrl({
  provider: 'authkit',
  redirectUri: 'https://example.com/callback',
  state: 'kept-by-you',
  screenHint: 'sign-up',
});

console.log(url.includes('/user_management/authorize?'));
console.log(url.includes('state=kept-by-you'));

// Output:
// true
// true
