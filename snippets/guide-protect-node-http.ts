import {
  type IncomingMessage,
  type ServerResponse,
  createServer,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  SESSION_COOKIE_NAME,
  type User,
  WorkOS,
  serializeSessionCookie,
} from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;

/** The response to send, or the user and headers for a signed-in request. */
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

function readCookie(header: string): string | undefined {
  const pairs = header.split('; ').map((pair) => pair.split('='));
  return pairs.find(([name]) => name === SESSION_COOKIE_NAME)?.[1];
}
// #endregion

async function checkSession(cookieHeader = ''): Promise<Verdict> {
  const session = workos.userManagement.loadSealedSession({
    sessionData: readCookie(cookieHeader),
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
  // The API could not answer: keep the cookie.
  return renewed.retryable ? comeBack : signIn;
}

/** The signed-in user of each request. */
const users = new WeakMap<IncomingMessage, User>();

async function protect(
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
): Promise<void> {
  try {
    const { cookie } = request.headers;
    const { status, headers, user } = await checkSession(cookie);
    response.statusCode = status;
    response.setHeaders(new Map(Object.entries(headers)));
    if (!user) return void response.end();
    users.set(request, user);
  } catch (error) {
    // A setting is wrong, or the keys are unreachable: sign nobody out.
    console.error(error);
    return void response.writeHead(503).end();
  }
  next();
}

const server = createServer((request, response) =>
  protect(request, response, () => {
    response.end(`Hello ${users.get(request)?.firstName}`);
  }),
);

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
