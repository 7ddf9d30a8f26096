// @needs hono @hono/node-server
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import {
  type User,
  WorkOS,
  readSessionCookie,
  serializeSessionCookie,
} from 'authkit-session-helpers';
import { Hono } from 'hono';

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

const app = new Hono<{ Variables: { user: User } }>();

app.use('/dashboard', async (c, next) => {
  const cookies = c.req.header('Cookie');
  const { user, ...answer } = await checkSession(cookies);
  if (!user) return new Response(null, answer);
  c.set('user', user);
  for (const [name, value] of Object.entries(answer.headers)) {
    c.header(name, value);
  }
  return next();
});

app.get('/dashboard', (c) => c.text(`Hello ${c.get('user').firstName}`));

app.onError((error, c) => {
  // Settings are wrong or the keys are out of reach: nobody is signed out.
  console.error(error);
  return c.body(null, 503);
});

// The last setting keeps Node's own Request and Response.
const server = serve({
  fetch: app.fetch,
  port: 0,
  overrideGlobalObjects: false,
});
await new Promise((listening) => server.once('listening', listening));
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
