import {
  WorkOS,
  readSessionCookie,
  setSessionCookie,
} from 'authkit-session-helpers';

// #region setup
interface Answer {
  user: { metadata: Record<string, string> };
}

const workos = new WorkOS({
  onWarning: ({ code }) => console.log(`warned: ${code}`),
  // Simulates users with much metadata.
  fetchFn: async (input, init) => {
    const response = await fetch(input, init);
    if (init?.method !== 'POST') return response;
    const answer = (await response.json()) as Answer;
    for (const name of ['about', 'address', 'hobbies', 'plans', 'work']) {
      answer.user.metadata[name] = 'many words '.repeat(50);
    }
    return Response.json(answer);
  },
});
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
// #endregion

const renewed = await workos.userManagement
  .loadSealedSession({
    sessionData: process.env.WORKOS_SEALED_SESSION,
    cookiePassword,
  })
  .refresh();
if (!renewed.authenticated) throw new Error(renewed.reason);

// Writing: as many cookies as it takes.
const held = new Map<string, string>();
for (const header of setSessionCookie(renewed.sealedSession)) {
  const [name = '', value = ''] = header.split(';')[0]?.split('=') ?? [];
  console.log(`Set-Cookie: ${name}, ${value ? 'a chunk' : 'deleted'}`);
  if (value) held.set(name, value);
}

// Reading: the Cookie header of the next request.
const cookie = [...held].map((pair) => pair.join('=')).join('; ');
const session = workos.userManagement.loadSealedSession({
  sessionData: readSessionCookie(cookie),
  cookiePassword,
});
const result = await session.authenticate();
if (result.authenticated) console.log(`opened: ${result.user.email}`);

// A smaller session tells the browser to drop what is left over.
const smaller = process.env.WORKOS_SEALED_SESSION ?? '';
for (const header of setSessionCookie(smaller, { present: cookie })) {
  const [name, value] = header.split(';')[0]?.split('=') ?? [];
  console.log(`Set-Cookie: ${name}, ${value ? 'whole' : 'deleted'}`);
}

// Output:
// warned: cookie_too_large
// Set-Cookie: wos-session.0, a chunk
// Set-Cookie: wos-session.1, a chunk
// Set-Cookie: wos-session, deleted
// opened: ada@example.com
// Set-Cookie: wos-session, whole
// Set-Cookie: wos-session.0, deleted
// Set-Cookie: wos-session.1, deleted
