import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

const { url, state, codeVerifier } =
  await userManagement.getAuthorizationUrlWithPKCE({
    provider: 'GoogleOAuth',
    redirectUri: 'https://example.com/callback',
  });

const { searchParams } = new URL(url);
console.log(searchParams.get('code_challenge_method'));
console.log(searchParams.get('state') === state, codeVerifier.length);

// Output:
// S256
// true 43
