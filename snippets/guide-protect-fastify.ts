// @needs fastify
import {
  SESSION_COOKIE_NAME,
  type User,
  WorkOS,
  serializeSessionCookie,
} from 'authkit-session-helpers';
import Fastify from 'fastify';

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

const app = Fastify();

// Protected routes have their own plugin, whose hook runs first.
await app.register(async (protectedRoutes) => {
  protectedRoutes.decorateRequest('user');
  protectedRoutes.addHook('onRequest', async (request, reply) => {
    const { cookie } = request.headers;
    const { status, headers, user } = await checkSession(cookie);
    reply.code(status).headers(headers);
    if (!user) return reply.send();
    request.setDecorator('user', user);
  });
  protectedRoutes.setErrorHandler((error, _request, reply) => {
    // A setting is wrong, or the keys are unreachable: sign nobody out.
    console.error(error);
    return reply.code(503).send();
  });
  protectedRoutes.get('/dashboard', async (request) => {
    return `Hello ${request.getDecorator<User>('user').firstName}`;
  });
});

const origin = await app.listen({ port: 0, host: '127.0.0.1' });

const cookies = {
  'no cookie': '',
  'a forged cookie': 'wos-session=Fe26.2*1*forged',
  'the cookie of a session': `wos-session=${process.env.WORKOS_SEALED_SESSION}`,
};

for (const [name, Cookie] of Object.entries(cookies)) {
  const url = `${origin}/dashboard`;
  const answer = await fetch(url, { headers: { Cookie }, redirect: 'manual' });
  const went = answer.headers.get('Location') ?? (await answer.text());
  console.log(`${name}: ${answer.status} ${went}`);
}

await app.close();

// Output:
// no cookie: 303 /sign-in
// a forged cookie: 303 /sign-in
// the cookie of a session: 200 Hello Ada
