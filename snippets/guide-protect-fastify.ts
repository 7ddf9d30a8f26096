// @needs fastify
import { type User, WorkOS } from 'authkit-session-helpers';
import Fastify from 'fastify';

const { userManagement } = new WorkOS();
const app = Fastify();

// Protected routes are in a plugin of their own: its hook runs before them.
await app.register(async (routes) => {
  routes.decorateRequest('user');
  routes.addHook('onRequest', async (request, reply) => {
    const session = await userManagement.checkSession(request);
    for (const [name, value] of session.headers) reply.header(name, value);
    if (session.authenticated) {
      return request.setDecorator('user', session.user);
    }
    // The API or the key server cannot answer: the visitor keeps the cookie.
    if (session.retryable) return reply.code(503).send();
    return reply.redirect(session.authkitRedirectUrl ?? '/sign-in', 303);
  });
  routes.get('/dashboard', async (request) => {
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
