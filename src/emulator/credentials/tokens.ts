/** A session → its access token and refresh token, which its environment remembers. */
import { importSigningKey } from '../signing-key.ts';
import type { Environment, Session, SignIn } from '../store.ts';
import { describeClaims, signAccessToken } from './access-token.ts';
import { newUlid } from './identifier.ts';
import { issueRefreshToken } from './refresh-token.ts';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** Begins a session, with a new id. */
export function beginSession(signIn: SignIn, environment: Environment, nowMs: number): Session {
  const session = { ...signIn, id: `session_${newUlid(nowMs)}`, ended: false };
  environment.sessions.set(session.id, session);
  return session;
}

/** Issues both tokens at `nowMs`. `origin` is the one that the caller uses for the API. */
export async function issueTokens(
  session: Session,
  environment: Environment,
  origin: string,
  nowMs: number,
): Promise<Tokens> {
  const claims = describeClaims(session, environment, environment.origin ?? origin, nowMs);
  const accessToken = await signAccessToken(claims, (await importSigningKey()).privateKey);
  const refreshToken = await issueRefreshToken(session, environment.apiKey);
  environment.refreshTokens.set(refreshToken, { sessionId: session.id });
  return { accessToken, refreshToken };
}
