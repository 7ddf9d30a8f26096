import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type User, WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

/** The user, or undefined if the response has been sent. */
async function protect(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<User | undefined> {
  const session = await userManagement.checkSession(request);
  for (const [name, value] of session.headers) {
    response.appendHeader(name, value);
  }
  if (session.authenticated) return session.user;
  // The API or the key server cannot answer: the visitor keeps the cookie.
  response.statusCode = session.retryable ? 503 : 303;
  const signIn = session.authkitRedirectUrl ?? '/sign-in';
  if (!session.retryable) response.setHeader('Location', signIn);
  response.end();
  return undefined;
}

const server = createServer(async (request, response) => {
  try {
    const user = await protect(request, response);
    if (user) response.end(`Hello ${user.firstName}`);
  } catch (error) {
    // A setting is wrong.
    console.error(error);
    response.writeHead(500).end();
  }
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
