import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();
const redirectUri = 'https://example.com/callback';

const plain = userManagement.getAuthorizationUrl({
  provider: 'authkit',
  redirectUri,
  state: 'kept-in-the-session',
  screenHint: 'sign-up',
});
const { pathname, searchParams } = new URL(plain);
console.log(pathname, searchParams.get('screen_hint'));

const { url, state, codeVerifier } =
  await userManagement.getAuthorizationUrlWithPKCE({
    provider: 'GoogleOAuth',
    redirectUri,
  });
console.log(new URL(url).searchParams.get('code_challenge_method'));
console.log(state.length, codeVerifier.length);

// Output:
// /user_management/authorize sign-up
// S256
// 43 43
