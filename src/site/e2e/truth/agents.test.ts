/** What the guide for agents says is so: the settings of each client start the server, and it has these tools. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const PLACEHOLDER = '/path/to/project';
const BUSY_MS = 120_000;

const guide = await readFile(join(ROOT, 'content/guides/ai-agents.mdx'), 'utf8');

interface Settings {
  name: string;
  command?: string;
  args?: string[];
  url?: string;
  type?: string;
}

/** The server in each code fence, by its title. */
function readSettings(): [title: string, settings: Settings][] {
  return [...guide.matchAll(/^```(\w+) title="([^"]+)"\n(.*?)\n```/gms)].map(([, language, title = '', text = '']) => {
    if (language === 'json') {
      const { mcpServers, servers } = JSON.parse(text) as Record<string, Record<string, Omit<Settings, 'name'>>>;
      const [name, settings] = Object.entries(mcpServers ?? servers ?? {})[0]!;
      return [title, { name, ...settings }];
    }
    if (language === 'toml') {
      const [, name = ''] = /^\[mcp_servers\.([\w-]+)\]$/m.exec(text) ?? [];
      const value = (key: string) => JSON.parse(new RegExp(`^${key} = (.*)$`, 'm').exec(text)?.[1] ?? 'null') as never;
      return [title, { name, command: value('command'), args: value('args') }];
    }
    const [, name = '', command = ''] = /^claude mcp add ([\w-]+) -- (.*)$/.exec(text) ?? [];
    const [first, ...args] = command.split(' ');
    return [title, { name, ...(first !== undefined && { command: first }), args }];
  });
}

const settings = readSettings();
const STARTED = { command: 'npm', args: ['--prefix', PLACEHOLDER, 'run', '--silent', 'mcp'] };

let client: Client;
beforeAll(async () => {
  client = new Client({ name: 'test', version: '1.0.0' });
  const args = STARTED.args.map((arg) => (arg === PLACEHOLDER ? ROOT : arg));
  await client.connect(new StdioClientTransport({ command: STARTED.command, args, cwd: tmpdir() }));
}, BUSY_MS);
afterAll(() => client.close());

async function ask(name: string, input: Record<string, unknown>): Promise<{ text: string; data: unknown }> {
  const { content, structuredContent } = await client.callTool({ name, arguments: input }, undefined, {
    timeout: BUSY_MS,
  });
  return { text: (content as { text: string }[])[0]?.text ?? '', data: structuredContent };
}

it('starts the same server from the settings of every client, whose formats are those of its documentation', () => {
  expect(settings).toEqual([
    ['Terminal', { name: 'authkit-docs', ...STARTED }],
    ['.cursor/mcp.json', { name: 'authkit-docs', ...STARTED }],
    ['.vscode/mcp.json', { name: 'authkit-docs', type: 'stdio', ...STARTED }],
    ['.codex/config.toml', { name: 'authkit-docs', ...STARTED }],
    ['.mcp.json', { name: 'authkit-docs', type: 'http', url: 'http://127.0.0.1:4321/mcp' }],
  ]);
});

it('is also a command of the package, which says what it needs elsewhere', { timeout: BUSY_MS }, async () => {
  const bin = join(ROOT, 'build/sdk/bin.cjs');
  const other = new Client({ name: 'test', version: '1.0.0' });
  await other.connect(new StdioClientTransport({ command: process.execPath, args: [bin, 'docs'], cwd: ROOT }));
  expect((await other.listTools()).tools).toEqual((await client.listTools()).tools);
  await other.close();
  await expect(promisify(execFile)(process.execPath, [bin, 'docs'], { cwd: tmpdir() })).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^Cannot serve the documentation: .* is not a checkout of this project, expected one\./,
    ),
  });
});

it('has the tools of the list, in its order', async () => {
  const { tools } = await client.listTools();
  const listed = Array.from(guide.matchAll(/^- `(\w+)` (?:returns|says) /gm), ([, name]) => name);
  expect(tools.map(({ name }) => name)).toEqual(listed);
});

it('explains an error code of the package', { timeout: BUSY_MS }, async () => {
  expect((await ask('error', { code: 'invalid_jwt' })).text).toMatch(
    /^invalid_jwt: The access token is expired.*\nWhat to do: Call refresh\(\)\./,
  );
});

it('returns an entry in the language asked for, and an example in each scenario', { timeout: BUSY_MS }, async () => {
  const { data } = await ask('reference', { name: 'loadSealedSession', language: 'js' });
  expect(data).toMatchObject({ entries: [{ signature: expect.stringContaining('loadSealedSession({ sessionData') }] });
  const { text } = await ask('example', { name: 'session-helpers-load-sealed-session', language: 'ruby' });
  expect(text).toContain("with this site's stand-in for the gem workos 5");
  expect((await ask('example', { name: 'session-helpers-load-sealed-session', language: 'js' })).text).toContain(
    'Scenario "Cookie tampered with":\nnot signed in: invalid_session_cookie\n',
  );
});

const REFRESH = `import { WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();
const session = userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});
const before = await session.authenticate();
const after = await session.refresh();
console.log(before.authenticated || before.reason, after.authenticated);
console.log(process.env.WORKOS_COOKIE_PASSWORD);
`;

it('runs a program in a scenario, and shows its requests and no secret', { timeout: BUSY_MS }, async () => {
  const { data, text } = await ask('check', { program: REFRESH, scenario: 'expired' });
  expect(data).toMatchObject({
    ran: true,
    scenario: 'expired',
    output: expect.stringMatching(/^invalid_jwt true\n<WORKOS_COOKIE_PASSWORD \(\d+ characters\)>$/),
    findings: [{ code: 'output-secret', line: 11 }],
    exchanges: expect.arrayContaining([
      expect.objectContaining({ method: 'POST', path: '/user_management/authenticate', status: 200 }),
    ]),
  });
  expect(text).not.toMatch(/eyJ|Fe26|sk_test/);
});

it('says which scenario may have been meant', async () => {
  expect((await ask('check', { program: REFRESH, scenario: 'expird' })).text).toBe(
    'Cannot run in scenario "expird": expected one of valid, expired, tampered, keys-down, api-down, demoted (nearest "expired")',
  );
});
