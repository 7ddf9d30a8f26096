/** Cookies to authenticate, each with its own token, and a key server for the packages that need one. */
import { apiUser, startApi } from '../testdata/api-server.ts';
import { PASSWORD, sealText } from '../testdata/seal-by-hand.ts';
import { goodClaims, type Signer } from '../testdata/signer.ts';

export interface Workload {
  cookies: string[];
  password: string;
  sessionId: string;
  signer: Signer;
  options: { apiKey: string; clientId: string; apiHostname: string; port: number; https: false };
  close: () => Promise<void>;
}

/** A cookie of about 1,900 characters, like those of AuthKit. */
export async function createWorkload(count: number): Promise<Workload> {
  const { signer, options, close } = await startApi();
  const exp = Math.floor(Date.now() / 1000) + 24 * 60 * 60;
  const seal = (_: unknown, index: number) =>
    sealText(
      JSON.stringify({
        organizationId: 'org_01',
        user: { ...apiUser, emailVerified: true, firstName: 'Ada', lastName: 'Lovelace' },
        accessToken: signer.token(goodClaims({ jti: `jti_${index}`, exp })),
        refreshToken: `refresh_token_${index}`,
        authenticationMethod: 'Password',
      }),
      PASSWORD,
    );
  const cookies = Array.from({ length: count }, seal);
  return { cookies, password: PASSWORD, sessionId: 'session_01', signer, options, close };
}
