// @needs fastify
import {
  type User,
  WorkOS,
  readSessionCookie,
  serializeSessionCookie,
} from 'authkit-session-helpers';
import Fastify from 'fastify';

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

const app = Fastify();

// Routes behind the gate have a plugin of their own: its hook is before them.
await app.register(async (behindGate) => {
  behindGate.decorateRequest('user');
  behindGate.addHook('onRequest', async (request, reply) => {
    const { cookie } = request.headers;
    const { status, headers, user } = await checkSession(cookie);
    reply.code(status).headers(headers);
    if (!user) return reply.send();
    request.setDecorator('user', user);
  });
  behindGate.setErrorHandler((error, _request, reply) => {
    // Settings are wrong or the keys are out of reach: nobody is signed out.
    console.error(error);
    return reply.code(503).send();
  });
  behindGate.get('/dashboard', async (request) => {
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
