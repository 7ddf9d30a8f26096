import { expect, it } from 'vitest';
import { route } from './router.ts';

const ROUTES = ['GET /keys/:client', 'POST /keys'];
const find = (method: string, path: string) => route(ROUTES, new Request(`http://127.0.0.1${path}`, { method }));

it.each([
  ['GET', '/keys/one?of=two', 'GET /keys/:client', { client: 'one' }],
  ['HEAD', '/keys/one', 'GET /keys/:client', { client: 'one' }],
  ['GET', '/keys/a%2Fb', 'GET /keys/:client', { client: 'a/b' }],
  ['GET', '/keys/%zz', 'GET /keys/:client', { client: '%zz' }],
  ['POST', '/keys', 'POST /keys', {}],
])('finds the route of %s %s', (method, path, name, params) => {
  const found = find(method, path);
  expect(found).toMatchObject({ name, call: { params } });
  expect(found?.call.url.href).toBe(`http://127.0.0.1${path}`);
});

it.each([
  ['DELETE', '/keys'],
  ['GET', '/keys'],
  ['GET', '/keys/'],
  ['GET', '/keys/one/two'],
  ['GET', '/a/keys/one'],
])('finds none for %s %s', (method, path) => {
  expect(find(method, path)).toBeUndefined();
});
