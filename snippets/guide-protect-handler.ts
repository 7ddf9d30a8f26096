import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type User,
  WorkOS,
  readSessionCookie,
  serializeSessionCookie,
} from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;

/** The answer to a request; without a user it is the whole answer. */
interface Verdict {
  status: number;
  headers: Record<string, string>;
  user?: User;
}

const comeBack: Verdict = { status: 503, headers: { 'Retry-After': '5' } };
const signIn: Verdict = {
  status: 303,
  headers: {
    Location: '/sign-in',
    'Set-Cookie': serializeSessionCookie('', { maxAge: 0 }),
  },
};
// #endregion

async function checkSession(cookieHeader = ''): Promise<Verdict> {
  const session = workos.userManagement.loadSealedSession({
    sessionData: readSessionCookie(cookieHeader),
    cookiePassword,
  });
  const now = await session.authenticate();
  if (now.authenticated) return { user: now.user, status: 200, headers: {} };
  if (now.reason !== 'invalid_jwt') return signIn;

  const renewed = await session.refresh();
  if (renewed.authenticated) {
    const cookie = serializeSessionCookie(renewed.sealedSession);
    const headers = { 'Set-Cookie': cookie };
    return { user: renewed.user, status: 200, headers };
  }
  // The API could not answer: the visitor keeps the cookie.
  return renewed.sessionEnded ? signIn : comeBack;
}

export async function GET(request: Request): Promise<Response> {
  try {
    const cookies = request.headers.get('Cookie') ?? '';
    const { user, ...answer } = await checkSession(cookies);
    return new Response(user ? `Hello ${user.firstName}` : null, answer);
  } catch (error) {
    // Settings are wrong or the keys are out of reach: nobody is signed out.
    console.error(error);
    return new Response(null, { status: 503 });
  }
}

// Your framework does this part: requests in, responses out.
const server = createServer(async (incoming, outgoing) => {
  const headers = new Headers({ Cookie: incoming.headers.cookie ?? '' });
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const response = await GET(new Request(url, { headers }));
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.end(await response.text());
});

await new Promise<void>((listening) => server.listen(0, listening));
const { port } = server.address() as AddressInfo;

const cookies = {
  'no cookie': '',
  'a forged cookie': 'wos-session=Fe26.2*1*forged',
  'the cookie of a session': `wos-session=${process.env.WORKOS_SEALED_SESSION}`,
};

for (const [name, Cookie] of Object.entries(cookies)) {
  const url = `http://127.0.0.1:${port}/dashboard`;
  const answer = await fetch(url, { headers: { Cookie }, redirect: 'manual' });
  const went = answer.headers.get('Location') ?? (await answer.text());
  console.log(`${name}: ${answer.status} ${went}`);
}

server.close();

// Output:
// no cookie: 303 /sign-in
// a forged cookie: 303 /sign-in
// the cookie of a session: 200 Hello Ada
