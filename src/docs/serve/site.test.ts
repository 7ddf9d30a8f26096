/** A small site below a path: the headers that are written for it, and how each kind of request is answered. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { headersFor, readHeaders, writeHeaders } from './security-headers.ts';
import { type SiteServer, checkPort, serveSite } from './serve.ts';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const sorted = (...texts: string[]) => texts.map(hashOf).sort().join(' ');

/** Each file of the site. */
const FILES = {
  'index.html': '<script>a()</script><style>b{}</style>home',
  'index.md': '# home',
  'one/index.html': '<script type="module">c()</script><script>a()</script><style>b{}</style><style>d{}</style>one',
  'one.md': '# one',
  'two/index.html': 'two has no Markdown',
  '404.html': 'no such page',
  'file.txt': 'text',
  'live/sandbox.html': '<script>run()</script>',
  'live/tool.html': '<script>tool()</script><style>e{}</style>',
  _redirects: '/docs/old /docs/one 301\n\n',
};

const PAGES = [
  "default-src 'none'",
  `script-src 'self' ${sorted('a()', 'c()')}`,
  `style-src ${sorted('b{}', 'd{}')}`,
  "img-src 'self' data: https://img.example.com",
  "connect-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
const LIMITS = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts";
const SANDBOX = `default-src 'none'; script-src ${hashOf('run()')} 'unsafe-eval'; worker-src data:; ${LIMITS}`;
const TOOL = `default-src 'none'; script-src ${hashOf('tool()')}; ${LIMITS}`;

let folder: string;
let server: SiteServer;
let origin: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'));
  for (const name of ['one', 'two', 'live']) await mkdir(join(folder, name));
  for (const [file, text] of Object.entries(FILES)) await writeFile(join(folder, file), text);
  await writeHeaders(folder, { imageOrigins: ['https://img.example.com'], base: '/docs' });
  const mcp: Parameters<typeof serveSite>[0]['mcp'] = async ({ method }, response) =>
    void response.end(`agent ${method}`);
  server = await serveSite({ folder, port: 0, base: '/docs', mcp });
  origin = new URL(server.url).origin;
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const GENERAL = [
  '  Cross-Origin-Opener-Policy: same-origin',
  '  Referrer-Policy: strict-origin-when-cross-origin',
  '  X-Content-Type-Options: nosniff',
  '  Link: </docs/llms.txt>; rel="describedby"; type="text/markdown"',
];

it('writes the headers of all pages, and after them the policy of each sandbox in place of theirs', async () => {
  const sandbox = (path: string, policy: string) => [
    path,
    '  ! Content-Security-Policy',
    `  Content-Security-Policy: ${policy}`,
  ];
  expect((await readFile(join(folder, '_headers'), 'utf8')).split('\n')).toEqual([
    '/*',
    ...GENERAL,
    `  Content-Security-Policy: ${PAGES}`,
    ...sandbox('/docs/live/sandbox.html', SANDBOX),
    ...sandbox('/docs/live/sandbox', SANDBOX),
    ...sandbox('/docs/live/tool.html', TOOL),
    ...sandbox('/docs/live/tool', TOOL),
    '',
  ]);
});

it.each([
  ['/', PAGES],
  ['/docs/live/sandboxes', PAGES],
  ['/live/sandbox.html', PAGES],
  ['/docs/live/sandbox.html', SANDBOX],
  ['/docs/live/tool', TOOL],
])('reads them again for %s', async (path, policy) => {
  const headers = headersFor(await readHeaders(folder), path);
  expect(headers.get('Content-Security-Policy')).toBe(policy);
  expect([...headers.keys()]).toEqual([
    'content-security-policy',
    'cross-origin-opener-policy',
    'link',
    'referrer-policy',
    'x-content-type-options',
  ]);
});

it('allows no script and no style on a site that has none', async () => {
  const bare = await mkdtemp(join(tmpdir(), 'bare-'));
  await writeFile(join(bare, 'index.html'), 'home');
  await writeHeaders(bare);
  const policy = headersFor(await readHeaders(bare), '/').get('Content-Security-Policy');
  expect(policy).toContain("script-src 'self' 'none'; style-src 'none'; img-src 'self' data:; ");
  await rm(bare, { recursive: true });
});

const MARKDOWN = { Accept: 'text/markdown' };
const AGENT = { Accept: 'application/json, text/event-stream' };

it.each<
  [request: string, headers: Record<string, string>, status: number, body: string, more?: Record<string, unknown>]
>([
  ['GET /docs', {}, 200, FILES['index.html'], { vary: 'Accept', 'content-type': 'text/html; charset=utf-8' }],
  ['GET /docs/', {}, 200, FILES['index.html'], { vary: 'Accept' }],
  ['GET /docs/one', {}, 200, FILES['one/index.html'], { vary: 'Accept', 'content-security-policy': PAGES }],
  ['GET /docs/one/?a=b', {}, 200, FILES['one/index.html']],
  ['HEAD /docs/one', {}, 200, '', { 'content-type': 'text/html; charset=utf-8' }],
  ['GET /docs', MARKDOWN, 200, '# home', { vary: 'Accept', 'content-type': 'text/markdown; charset=utf-8' }],
  ['GET /docs/one/', MARKDOWN, 200, '# one', { vary: 'Accept' }],
  ['GET /docs/two', MARKDOWN, 200, FILES['two/index.html'], { vary: 'Accept' }],
  ['GET /docs/file.txt', MARKDOWN, 200, 'text', { vary: null, 'content-type': 'text/plain; charset=utf-8' }],
  ['GET /docs/live/sandbox.html', {}, 200, FILES['live/sandbox.html'], { 'content-security-policy': SANDBOX }],
  ['GET /docs/old', {}, 301, '', { location: '/docs/one' }],
  ['GET /docs/none', {}, 404, 'no such page', { 'content-type': 'text/html; charset=utf-8', vary: 'Accept' }],
  ['GET /docs/none', MARKDOWN, 404, 'no such page'],
  ['GET /one', {}, 404, 'no such page'],
  ['GET /docs/_headers', {}, 404, 'no such page'],
  ['GET /docs/_redirects', {}, 404, 'no such page'],
  ['POST /docs/one', {}, 405, '', { allow: 'GET, HEAD' }],
  ['POST /docs/mcp', {}, 200, 'agent POST'],
  ['DELETE /docs/mcp', {}, 200, 'agent DELETE'],
  ['GET /docs/mcp', AGENT, 200, 'agent GET'],
  ['GET /docs/mcp', {}, 404, 'no such page'],
  ['POST /mcp', {}, 405, ''],
])('answers %s %j with %i', async (line, headers, status, body, more = {}) => {
  const [method = '', path = ''] = line.split(' ');
  const response = await fetch(origin + path, { method, headers, redirect: 'manual' });
  expect([response.status, await response.text()]).toEqual([status, body]);
  for (const [name, value] of Object.entries(more)) expect(response.headers.get(name), name).toBe(value);
});

it('says how to choose a port and a host if they cannot be used', async () => {
  const taken = Number(new URL(origin).port);
  await expect(checkPort(taken)).rejects.toThrow(
    `Cannot serve on port ${taken}: another program uses it. Choose one with --port, such as --port ${taken + 1}`,
  );
  await expect(serveSite({ folder, port: taken })).rejects.toThrow('another program uses it');
  await expect(checkPort(0, '192.0.2.1')).rejects.toThrow(
    'Cannot serve on host "192.0.2.1": it must be an address of this machine. Omit --host for 127.0.0.1',
  );
  await expect(checkPort(0)).resolves.toBeUndefined();
});

it('is at an address of this machine, which for IPv6 has brackets', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/docs$/);
  const six = await serveSite({ folder, port: 0, host: '::1' }).catch(() => undefined);
  if (six) expect(six.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  await six?.close();
});
