// @no-run it is a server that runs until you stop it; a browser test downloads it, signs in and signs out
// @needs express @types/express
import {
  SessionError,
  WorkOS,
  deleteSessionCookie,
  readSessionCookie,
} from 'authkit-session-helpers';
import express from 'express';

// Reads the API key, client id and cookie password from the environment.
const { userManagement } = new WorkOS();

const port = Number(process.env.PORT ?? 3000);
const origin = process.env.ORIGIN ?? `http://localhost:${port}`;

// Browsers keep the session for two weeks. Without maxAge, they forget it
// when they are closed.
const cookie = {
  maxAge: 14 * 24 * 60 * 60,
  secure: origin.startsWith('https:'),
};

const page = (body = '') =>
  `<!doctype html><meta charset="utf-8"><title>My app</title>${body}`;
const escapeHtml = (text = '') =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const app = express();

app.get('/', (_request, response) => {
  response.send(page('<a href="/dashboard">Dashboard</a>'));
});

// Sends the visitor to the sign-in page of AuthKit.
app.get('/sign-in', async (request, response) => {
  const { url, headers } = await userManagement.startSignIn({
    redirectUri: `${origin}/callback`,
    returnTo: String(request.query.return_to ?? '/'),
    cookie,
  });
  for (const [name, value] of headers) response.append(name, value);
  response.redirect(303, url);
});

// AuthKit sends the visitor back to this route.
app.get('/callback', async (request, response) => {
  const result = await userManagement.finishSignIn(request, {
    cookie,
    ipAddress: request.ip,
    userAgent: request.get('User-Agent'),
  });
  for (const [name, value] of result.headers) response.append(name, value);
  if (result.authenticated) return response.redirect(303, result.returnTo);
  // Such as "sign_in_denied": the visitor clicked Cancel.
  console.error(result.reason, result.error?.message);
  response.status(result.retryable ? 503 : 401).send(
    page(`<p>You are not signed in (${result.reason}).</p>
      <a href="/sign-in">Try again</a>`),
  );
});

// Runs before every route below it.
app.use('/dashboard', async (request, response, next) => {
  const session = await userManagement.checkSession(request, { cookie });
  // A refreshed session comes with a new cookie.
  for (const [name, value] of session.headers) response.append(name, value);
  if (session.authenticated) {
    response.locals.user = session.user;
    return next();
  }
  // The API or the key server cannot answer: the visitor keeps the cookie.
  if (session.retryable) return response.sendStatus(503);
  const returnTo = encodeURIComponent(request.originalUrl);
  response.redirect(303, `/sign-in?return_to=${returnTo}`);
});

app.get('/dashboard', (_request, response) => {
  const { firstName, email } = response.locals.user;
  response.send(
    page(`<p>Hello, ${escapeHtml(firstName ?? email)}.</p>
      <form method="post" action="/sign-out"><button>Sign out</button></form>`),
  );
});

// Deletes the cookie, and sends the browser to the API to end the session.
app.post('/sign-out', async (request, response) => {
  const present = request.headers.cookie;
  for (const deleted of deleteSessionCookie({ ...cookie, present }))
    response.append('Set-Cookie', deleted);
  const session = userManagement.loadSealedSession({
    sessionData: readSessionCookie(present),
    cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
  });
  let url = '/';
  try {
    url = await session.getLogOutUrl({ returnTo: origin });
  } catch (error) {
    // There was no session to end.
    const code = error instanceof SessionError ? error.code : undefined;
    if (code !== 'session_unusable') throw error;
  }
  response.redirect(303, url);
});

app.listen(port, () => console.log(`Listening on ${origin}`));
