import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

export async function GET(request: Request): Promise<Response> {
  const session = await userManagement.checkSession(request);
  const headers = new Headers(session.headers);
  if (session.authenticated) {
    return new Response(`Hello ${session.user.firstName}`, { headers });
  }
  // The API or the key server cannot answer: the visitor keeps the cookie.
  if (session.retryable) return new Response(null, { status: 503, headers });
  headers.set('Location', session.authkitRedirectUrl ?? '/sign-in');
  return new Response(null, { status: 303, headers });
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
