// @needs hono @hono/node-server
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { type User, WorkOS } from 'authkit-session-helpers';
import { Hono } from 'hono';

const { userManagement } = new WorkOS();
const app = new Hono<{ Variables: { user: User } }>();

app.use('/dashboard', async (c, next) => {
  const session = await userManagement.checkSession(c.req.raw);
  for (const [name, value] of session.headers) {
    c.header(name, value, { append: true });
  }
  if (session.authenticated) {
    c.set('user', session.user);
    return next();
  }
  // The API or the key server cannot answer: the visitor keeps the cookie.
  if (session.retryable) return c.body(null, 503);
  return c.redirect(session.authkitRedirectUrl ?? '/sign-in', 303);
});

app.get('/dashboard', (c) => c.text(`Hello ${c.get('user').firstName}`));

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
