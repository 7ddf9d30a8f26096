/** The server of a small project, asked by the client of the SDK: over standard input and output, and over HTTP. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request as startRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainProject } from '../options/testdata/plain-project.ts';
import { serveSite } from '../serve/index.ts';
import { makeProject } from '../testdata/elsewhere.ts';
import { MESSAGE_BYTES_MAX, createDocsServer, createHttpAnswers } from './index.ts';

const run = promisify(execFile);
const READING = ['search', 'page', 'reference', 'example', 'error'];
const BUSY_MS = 120_000;

const FORECAST = `import { Weather } from 'weather-sdk';
const { celsius } = await new Weather().forecast({ city: 'Accra', days: 2 });
console.log(celsius.join());
`;

let root: string;
/** As its Astro config says, which only the command reads. */
const project = () =>
  plainProject(root, {
    title: 'Weather SDK',
    package: { name: 'weather-sdk', source: 'sdk/index.ts', client: 'Weather' },
    emulator: join(root, 'emulator.ts'),
    components: { Forecast: './components/Forecast.astro' },
    content: 'docs',
    snippets: 'examples',
  });

beforeAll(async () => {
  root = await makeProject('weather');
  await writeFile(join(root, '.gitignore'), 'node_modules\nbuild\n');
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.test', ...args], { cwd: root });
  await git('init', '-q');
  await git('add', '.');
  await git('commit', '-qm', 'all');
}, BUSY_MS);
afterAll(() => rm(root, { recursive: true, force: true }));

interface Result {
  text: string;
  data: Record<string, unknown>;
  isError: boolean;
}

async function ask(client: Client, name: string, input: object): Promise<Result> {
  const result = await client.callTool({ name, arguments: { ...input } }, undefined, { timeout: BUSY_MS });
  const [first] = result.content as { text: string }[];
  return {
    text: first?.text ?? '',
    data: (result.structuredContent ?? {}) as Record<string, unknown>,
    isError: result.isError === true,
  };
}

describe('over standard input and output', () => {
  let child: ChildProcess;
  let client: Client;
  let printed = '';
  beforeAll(async () => {
    child = spawn(process.execPath, ['node_modules/verified-docs/cli.js', 'mcp'], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk));
    client = new Client({ name: 'test', version: '1.0.0' });
    // An error that belongs to no request is one for the log of a client.
    client.onerror = () => {};
    // A transport that reads one stream and writes another is the same on both sides.
    await client.connect(new StdioServerTransport(child.stdout!, child.stdin!) as never);
  }, BUSY_MS);
  afterAll(() => void child.kill());

  it('offers tools that read, and one that runs programs and says so', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([...READING, 'check']);
    for (const { name, annotations } of tools) expect(annotations?.readOnlyHint, name).toBe(name !== 'check');
    expect(tools.at(-1)?.description).toContain('runs on this machine with your rights, and is not isolated');
    expect(client.getInstructions()).toContain('Weather SDK (package weather-sdk)');
    expect(client.getServerVersion()).toMatchObject({ name: 'verified-docs', title: 'Weather SDK' });
  });

  it('finds pages by misspelt words, and returns them as Markdown', { timeout: BUSY_MS }, async () => {
    const { data } = await ask(client, 'search', { query: 'forcast' });
    expect(data['results']).toEqual(
      expect.arrayContaining([expect.objectContaining({ title: 'Forecast', url: '/reference/forecast' })]),
    );
    expect((await ask(client, 'search', { query: 'zzzz' })).text).toBe('Nothing found for "zzzz". Try other words.');
    for (const page of [
      '/reference/forecast',
      'https://weather.test/reference/forecast.md#returns',
      'reference/forecast/',
    ])
      expect((await ask(client, 'page', { page })).data).toEqual({
        url: '/reference/forecast',
        title: 'Forecast',
        markdown: expect.stringContaining('\n# Forecast\n\nOne call gives'),
      });
    expect((await ask(client, 'page', { page: '/' })).text).toContain('- [Cities](/cities): ');
    expect(await ask(client, 'page', { page: '/forcast' })).toMatchObject({ isError: true });
  });

  it('returns a part of a page from an offset', async () => {
    const { data: whole } = await ask(client, 'page', { page: '/cities' });
    const { data: part } = await ask(client, 'page', { page: '/cities', offset: 10 });
    expect(part['markdown']).toBe(String(whole['markdown']).slice(10));
  });

  it.each(['forecast', 'weather.forecast()', 'Forecast', 'anything.forecast'])(
    'returns the entry of %s with its signature',
    async (name) => {
      const { data, text } = await ask(client, 'reference', { name });
      expect(data['entries']).toEqual([
        expect.objectContaining({
          title: 'weather.forecast()',
          signature: 'weather.forecast({ city: string, days?: number }): Promise<Forecast>',
          url: '/reference/forecast#js.forecast',
        }),
      ]);
      expect(text).toContain('`days` (`number`, optional)');
    },
  );

  it('returns an example with its output, where it ran, and the commit that it ran at', async () => {
    const { stdout } = await run('git', ['rev-parse', 'HEAD'], { cwd: root });
    const { data, text } = await ask(client, 'example', { name: 'forecast' });
    expect(data).toMatchObject({
      commit: { id: stdout.trim(), hasChanges: false },
      examples: [{ name: 'forecast', language: 'js', output: 'Accra: 31, 30', shownAt: expect.arrayContaining(['/']) }],
    });
    expect(text).toContain(`This example ran on Node ${process.versions.node}`);
    expect(text).toContain(`Examples ran at commit ${stdout.trim()}.`);
    // Found by what is in it.
    expect((await ask(client, 'example', { name: 'celsius.join' })).data).toEqual(data);
  });

  it.each([
    [
      'reference',
      { name: 'forcast' },
      'Cannot find the reference entry "forcast": there is none with this name (nearest "forecast"). Use search.',
    ],
    [
      'example',
      { name: 'forcast' },
      'Cannot find the example "forcast": there is none with this name (nearest "forecast"). Use search.',
    ],
    ['error', { code: 'lost' }, 'Cannot find the error code "lost": there is none with this name. Use search.'],
  ])('says what %s %j may have meant', async (tool, input, text) => {
    expect(await ask(client, tool, input)).toEqual({ text, data: {}, isError: true });
  });

  it('runs a program, and tells what it printed and asked', { timeout: BUSY_MS }, async () => {
    const { data, text } = await ask(client, 'check', { program: FORECAST });
    expect(data).toMatchObject({
      ok: true,
      ran: true,
      output: '31,30',
      ending: 'ended',
      findings: [],
      exchanges: [
        { method: 'GET', path: '/forecast/Accra', status: 200, sent: '', answered: '[\n  31,\n  30,\n  31\n]' },
      ],
      ranOn: `Node ${process.versions.node}`,
    });
    expect(text).toMatch(/^0 findings\. It ran on Node .*Output:\n31,30\n\nGET \/forecast\/Accra → 200\n/s);
    expect(await readdir(join(root, 'build/checks'))).toEqual([]);
  });

  it.each([
    [
      'does not compile',
      'await new Weather().forecast({ town: 1 });\n',
      {
        ran: false,
        findings: [
          {
            code: 'type-error',
            file: 'program.ts',
            line: 4,
            column: 32,
            message: expect.stringContaining("'town' does not exist"),
          },
        ],
      },
    ],
    [
      'does not parse',
      'const a = ;\n',
      { ran: false, findings: [{ code: 'syntax-error', file: 'program.ts', line: 4, column: 11 }] },
    ],
    [
      'imports what is not there',
      "import 'express';\n",
      { ran: false, findings: [{ code: 'import-foreign', line: 4, column: 8 }] },
    ],
    [
      'throws',
      "throw new TypeError('no rain');\n",
      {
        ran: true,
        ending: 'threw TypeError: no rain',
        output: '31,30',
        findings: [{ code: 'run-throws', line: 4, message: 'Cannot finish: it threw TypeError: no rain' }],
      },
    ],
    ['throws as it says', "// @throws TypeError\nthrow new TypeError('no rain');\n", { ran: true, ok: true }],
    [
      'prints other lines than it says',
      '\n// Output:\n// 31,29\n',
      {
        ran: true,
        ok: false,
        findings: [{ code: 'output-differs', line: 6, message: 'expected "31,29", got "31,30" (printed at line 3)' }],
      },
    ],
    [
      'prints without end',
      'for (;;) console.log(celsius);\n',
      { ran: true, ending: 'flooded', findings: [{ code: 'run-flooded' }] },
    ],
  ])('has findings for a program that %s', { timeout: BUSY_MS }, async (_what, more, expected) => {
    expect((await ask(client, 'check', { program: FORECAST + more })).data).toMatchObject(expected);
  });

  it('says that the API has no scenarios', async () => {
    expect((await ask(client, 'check', { program: FORECAST, scenario: 'storm' })).text).toBe(
      'Cannot run in scenario "storm": the API of this site has none',
    );
  });

  it.each([
    ['check', { program: 'a'.repeat(65_537) }],
    ['check', { program: '' }],
    ['check', {}],
    ['check', { program: FORECAST, shell: 'sh' }],
    ['search', { query: 'a'.repeat(401) }],
    ['search', { query: 1 }],
    ['page', { page: '/', offset: -1 }],
    ['page', { page: 'a'.repeat(300) }],
    ['nothing', {}],
  ])('refuses %s with invalid input', async (name, input) => {
    const refused = await ask(client, name, input).catch((error: Error) => ({ isError: true, text: error.message }));
    expect(refused.isError).toBe(true);
    expect(refused.text).toMatch(/-32602|[Ii]nvalid|not found/);
    expect((await client.listTools()).tools).toHaveLength(6);
  });

  const long = 'x'.repeat(MESSAGE_BYTES_MAX / 4);
  it.each([
    ['text', ['good day\n'], -32_700],
    ['half a message', ['{"jsonrpc":"2.0",\n'], -32_700],
    ['JSON that is not a message', ['{"a":1}\n'], -32_600],
    ['a list', ['[]\n'], -32_600],
    ['bytes that are not UTF-8', [Buffer.from([0xff, 0xfe, 10])], -32_700],
    ['a message that is too long', [`{"jsonrpc":"2.0","id":"${long}`, long, long, long, long, '"}\n'], -32_600],
    ['input that does not end', [...Array.from({ length: 40 }, () => long), '\n'], -32_600],
  ])('answers %s with an error, and then others as before', { timeout: BUSY_MS }, async (_what, pieces, code) => {
    printed = '';
    for (const piece of pieces)
      if (!child.stdin?.write(piece)) await new Promise((drained) => child.stdin?.once('drain', drained));
    expect((await client.listTools()).tools).toHaveLength(6);
    const answers = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; error?: { code: number } });
    expect(answers).toHaveLength(2);
    expect(answers[0]).toMatchObject({
      jsonrpc: '2.0',
      id: null,
      error: { code, message: expect.stringMatching(/^Cannot read the message: /) },
    });
  });

  it('ends with its input, also while a program runs', { timeout: BUSY_MS }, async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    void ask(client, 'check', { program: 'await new Promise((over) => setTimeout(over, 60_000));' }).catch(() => {});
    await expect.poll(() => readdir(join(root, 'build/checks'))).toHaveLength(1);
    child.stdin?.end();
    expect(await ended).toBe(0);
    expect(await readdir(join(root, 'build/checks'))).toEqual([]);
  });
});

it('stops a program that does not end, and others wait for their turn', { timeout: BUSY_MS }, async () => {
  const server = await createDocsServer(project(), { runTimeoutMs: 400 });
  const client = new Client({ name: 'test', version: '1.0.0' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  const programs = ['for (;;) {}', ...Array(5).fill('console.log(1);')];
  const results = await Promise.all(programs.map((program) => ask(client, 'check', { program })));
  expect(results.map(({ data, text }) => data['ending'] ?? text)).toEqual([
    'timed-out',
    ...Array(3).fill('ended'),
    ...Array(2).fill('Cannot check the program: 4 others are waiting, expected fewer. Try again later.'),
  ]);
  expect(results[0]?.data['findings']).toMatchObject([
    { code: 'run-timeout', message: expect.stringContaining('always busy') },
  ]);
  await client.close();
});

describe('over HTTP', () => {
  let folder: string;
  let site: Awaited<ReturnType<typeof serveSite>>;
  let client: Client;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'served-'));
    await writeFile(join(folder, '_headers'), '/*\n  X-Content-Type-Options: nosniff\n');
    const mcp = createHttpAnswers(project(), { hostname: 'docs.test', receiveMsMax: 500 });
    site = await serveSite({ folder, port: 0, mcp });
    client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${site.url}/mcp`)) as never);
  }, BUSY_MS);
  afterAll(async () => {
    await client.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('offers only the tools that read', { timeout: BUSY_MS }, async () => {
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(READING);
    expect((await ask(client, 'example', { name: 'forecast' })).text).toContain('Accra: 31, 30');
    await expect(ask(client, 'check', { program: FORECAST })).resolves.toMatchObject({ isError: true });
  });

  const MESSAGE = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const TYPES = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };

  /** Status and body of the response to a request whose headers a browser would not let a page set. */
  const post = (headers: Record<string, string>, body: string, method = 'POST') =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const asked = startRequest(`${site.url}/mcp`, { method, headers: { ...TYPES, ...headers }, agent: false });
      asked.on('error', reject).on('response', (response) => {
        let text = '';
        response
          .on('data', (chunk: Buffer) => (text += chunk))
          .on('end', () => resolve({ status: response.statusCode, text }));
      });
      asked.end(body);
    });

  it.each([
    ['this machine', {}, 200],
    ['the name of the site', { Host: 'docs.test' }, 200],
    ['localhost, and a page there', { Host: 'localhost:4321', Origin: 'http://localhost:4321' }, 200],
    ['a name that leads to this machine', { Host: 'evil.test:4321', Origin: 'http://evil.test:4321' }, 403],
    ['a page of another site', { Origin: 'https://evil.test' }, 403],
    ['a page at another port', { Host: 'localhost:4321', Origin: 'http://localhost:8080' }, 403],
    ['a page without an origin', { Origin: 'null' }, 403],
  ])('answers a request to %s as it should', async (_what, headers, status) => {
    expect((await post(headers, MESSAGE)).status).toBe(status);
  });

  it.each([
    ['text', 'good day', {}, 400],
    ['nothing', '', {}, 400],
    ['JSON that is not a message', '{"a":1}', {}, 400],
    ['another media type', MESSAGE, { 'Content-Type': 'text/plain' }, 415],
    ['a message that is too long', 'x'.repeat(MESSAGE_BYTES_MAX + 1), {}, 413],
  ])('answers %s with an error', async (_what, body, headers, status) => {
    const answer = await post(headers, body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { message: expect.any(String) } });
    expect((await client.listTools()).tools).toHaveLength(READING.length);
  });

  it.each([
    ['GET', 405],
    ['DELETE', 405],
  ])('has no sessions: %s → %i', async (method, status) => {
    expect((await post({}, '', method)).status).toBe(status);
  });

  it('leaves the address to a page of the site', async () => {
    expect((await fetch(`${site.url}/mcp`, { headers: { Accept: 'text/html' } })).status).toBe(404);
  });

  it.each([
    ['a message that does not end', '10'],
    ['one without end, in pieces', undefined],
  ])('closes the connection of %s', async (_what, length) => {
    const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
    const head = Object.entries({ Host: 'localhost', ...TYPES }).map(([name, value]) => `${name}: ${value}\r\n`);
    const body =
      length === undefined ? 'Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n' : `Content-Length: ${length}\r\n\r\n{`;
    socket.write(`POST /mcp HTTP/1.1\r\n${head.join('')}${body}`);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk)).on('error', () => {});
    await new Promise((closed) => socket.once('close', closed));
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect((await client.listTools()).tools).toHaveLength(READING.length);
  });
});
