// @needs express @types/express
import type { AddressInfo } from 'node:net';
import {
  type User,
  WorkOS,
  readSessionCookie,
  serializeSessionCookie,
} from 'authkit-session-helpers';
import express from 'express';
import type { ErrorRequestHandler, RequestHandler } from 'express';

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

/** Stands before every route it is used on. */
const protect: RequestHandler = async (request, response, next) => {
  const { cookie } = request.headers;
  const { status, headers, user } = await checkSession(cookie);
  response.status(status).set(headers);
  if (!user) return void response.end();
  response.locals.user = user;
  next();
};

/** Settings are wrong or the keys are out of reach: nobody is signed out. */
const comeBackLater: ErrorRequestHandler = (error, _, response, _next) => {
  console.error(error);
  response.status(503).end();
};

const app = express();
app.use('/dashboard', protect);
app.get('/dashboard', (_request, response) => {
  response.send(`Hello ${response.locals.user.firstName}`);
});
app.use(comeBackLater);

const server = app.listen(0);
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
