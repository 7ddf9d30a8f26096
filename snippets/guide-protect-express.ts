// @needs express @types/express
import type { AddressInfo } from 'node:net';
import { WorkOS } from 'authkit-session-helpers';
import express from 'express';
import type { RequestHandler } from 'express';

const { userManagement } = new WorkOS();

/** Runs before every route that it is used on. */
const protect: RequestHandler = async (request, response, next) => {
  const session = await userManagement.checkSession(request);
  for (const [name, value] of session.headers) response.append(name, value);
  if (session.authenticated) {
    response.locals.user = session.user;
    return next();
  }
  // The API or the key server cannot answer: the visitor keeps the cookie.
  if (session.retryable) return void response.sendStatus(503);
  response.redirect(303, session.authkitRedirectUrl ?? '/sign-in');
};

const app = express();
app.use('/dashboard', protect);
app.get('/dashboard', (_request, response) => {
  response.send(`Hello ${response.locals.user.firstName}`);
});

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
