import { expect, it } from 'vitest';
import { route, type Routes } from './router.ts';

const ROUTES: Routes = {
  'GET /keys/:client': ({ params, url }) => new Response(`${params['client']} ${url.searchParams.get('of')}`),
  'POST /keys': ({ request }) => new Response(request.method),
};

it.each([
  ['GET', '/keys/one?of=two', 'one two'],
  ['HEAD', '/keys/one', 'one null'],
  ['GET', '/keys/a%2Fb', 'a/b null'],
  ['GET', '/keys/%zz', '%zz null'],
  ['POST', '/keys', 'POST'],
])('finds the route of %s %s', async (method, path, text) => {
  expect(await (await route(ROUTES, new Request(`http://127.0.0.1${path}`, { method })))?.text()).toBe(text);
});

it.each([
  ['DELETE', '/keys'],
  ['GET', '/keys'],
  ['GET', '/keys/'],
  ['GET', '/keys/one/two'],
  ['GET', '/a/keys/one'],
])('finds none for %s %s', (method, path) => {
  expect(route(ROUTES, new Request(`http://127.0.0.1${path}`, { method }))).toBeUndefined();
});
