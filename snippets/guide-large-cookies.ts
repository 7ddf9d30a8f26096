import {
  WorkOS,
  chunkCookie,
  joinCookie,
  serializeSessionCookie,
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

// Write the session to as many cookies as needed.
const response = new Headers();
const chunks = chunkCookie(renewed.sealedSession);
for (const { name, value, ...rest } of chunks) {
  const header = serializeSessionCookie(value, { name, ...rest });
  response.append('Set-Cookie', header);
  console.log(`Set-Cookie: ${name}, ${value ? 'a chunk' : 'deleted'}`);
}

// Read it from the cookies of the next request.
const kept = chunks.filter(({ value }) => value !== '');
const request = Object.fromEntries(
  kept.map(({ name, value }) => [name, value]),
);
const session = workos.userManagement.loadSealedSession({
  sessionData: joinCookie(request),
  cookiePassword,
});
const result = await session.authenticate();
if (result.authenticated) console.log(`opened: ${result.user.email}`);

// A smaller session needs fewer cookies: delete the others.
const smaller = process.env.WORKOS_SEALED_SESSION ?? '';
for (const { name, value } of chunkCookie(smaller, { present: request })) {
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
