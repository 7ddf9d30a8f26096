import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WorkOS, type WorkOSOptions } from './index.ts';
import { parseSettings } from './settings.ts';

const VARIABLES = ['API_KEY', 'CLIENT_ID', 'COOKIE_PASSWORD', 'API_HOSTNAME', 'API_PORT', 'API_HTTPS'];
const kept = { ...process.env };
const set = (variables: Record<string, string>) =>
  Object.entries(variables).forEach(([name, value]) => (process.env[`WORKOS_${name}`] = value));
const baseUrlOf = (options: WorkOSOptions = {}) =>
  parseSettings({ clientId: 'client_01', ...options }).endpoint.baseUrl;

beforeEach(() => {
  for (const name of VARIABLES) delete process.env[`WORKOS_${name}`];
});
afterEach(() => {
  for (const name of VARIABLES) delete process.env[`WORKOS_${name}`];
  Object.assign(process.env, kept);
});

describe('the constructor', () => {
  test.each<[string, () => WorkOS, string | undefined]>([
    ['a key', () => new WorkOS('sk_1', { clientId: 'client_01' }), 'client_01'],
    ['a key alone', () => new WorkOS('sk_1'), undefined],
    ['options', () => new WorkOS({ apiKey: 'sk_1', clientId: 'client_01' }), 'client_01'],
    ['no key, and options', () => new WorkOS(undefined, { clientId: 'client_01' }), 'client_01'],
    ['a client id alone', () => new WorkOS({ clientId: 'client_01' }), 'client_01'],
  ])('takes %s', (_about, create, clientId) => {
    expect(create().userManagement.clientId).toBe(clientId);
  });

  test('takes everything from the environment', () => {
    set({ API_KEY: 'sk_1', CLIENT_ID: 'client_02', API_HOSTNAME: 'localhost', API_PORT: '4100', API_HTTPS: 'false' });
    const { userManagement } = new WorkOS();
    expect(userManagement.clientId).toBe('client_02');
    expect(userManagement.getJwksUrl()).toBe('http://localhost:4100/sso/jwks/client_02');
  });

  test('prefers what it is given to the environment, and the environment to what is empty', () => {
    set({ CLIENT_ID: 'client_02' });
    expect(new WorkOS({ clientId: 'client_01' }).userManagement.clientId).toBe('client_01');
    expect(new WorkOS({ clientId: '' }).userManagement.clientId).toBe('client_02');
  });

  test('prefers an API key that it is given to that of the environment', () => {
    set({ API_KEY: 'sk_variable' });
    expect(parseSettings({ apiKey: 'sk_option' }).endpoint.apiKey).toBe('sk_option');
    expect(parseSettings({}).endpoint.apiKey).toBe('sk_variable');
  });

  test('throws without any settings, and names the options and variables', () => {
    expect(() => new WorkOS()).toThrow(/"apiKey" \(WORKOS_API_KEY\).*"clientId" \(WORKOS_CLIENT_ID\)/);
    expect(() => new WorkOS({})).toThrow(expect.objectContaining({ code: 'missing_api_key' }) as Error);
  });
});

describe('the address', () => {
  test.each<[string, WorkOSOptions, Record<string, string>, string]>([
    ['is the API’s', {}, {}, 'https://api.workos.com'],
    ['has another host', { apiHostname: 'auth.example.com' }, {}, 'https://auth.example.com'],
    ['has another port', { apiHostname: 'localhost', port: 3000, https: false }, {}, 'http://localhost:3000'],
    ['has a port in its host', { apiHostname: 'localhost:3000', https: false }, {}, 'http://localhost:3000'],
    ['leaves the port of the protocol out', { port: 443 }, {}, 'https://api.workos.com'],
    ['is an IPv6 address', { apiHostname: '[::1]', port: 3000, https: false }, {}, 'http://[::1]:3000'],
    ['speaks HTTPS unless the variable says false', {}, { API_HTTPS: '0' }, 'https://api.workos.com'],
    ['speaks HTTP when the variable says FALSE', {}, { API_HTTPS: 'FALSE' }, 'http://api.workos.com'],
    ['takes the option before the variable', { https: true }, { API_HTTPS: 'false' }, 'https://api.workos.com'],
    ['takes the host before its variable', { apiHostname: 'a.test' }, { API_HOSTNAME: 'b.test' }, 'https://a.test'],
    ['takes the port before its variable', { port: 3000 }, { API_PORT: '4000' }, 'https://api.workos.com:3000'],
  ])('%s', (_about, options, variables, baseUrl) => {
    set(variables);
    expect(baseUrlOf(options)).toBe(baseUrl);
  });
});

test.each<[string, unknown]>([
  ['apiKey', 7],
  ['clientId', {}],
  ['apiHostname', 'https://api.workos.com'],
  ['apiHostname', 'api.workos.com/path'],
  ['apiHostname', 'user@host'],
  ['apiHostname', 'not a host'],
  ['port', 0],
  ['port', 65_536],
  ['port', 1.5],
  ['port', '443'],
  ['https', 'no'],
  ['timeout', 0],
  ['timeout', NaN],
  ['timeout', 600_001],
  ['maxRetries', -1],
  ['maxRetries', 11],
  ['refreshBudget', 0],
  ['refreshBudget', 25_001],
  ['clockTolerance', -1],
  ['clockTolerance', 12 * 3_600 + 1],
  ['clockTolerance', '30s'],
  ['audience', 7],
  ['audience', []],
  ['issuer', 7],
  ['issuer', []],
  ['issuer', ['']],
  ['fetchFn', 'fetch'],
  ['waitUntil', true],
  ['jwks', {}],
  ['jwks', { keys: {} }],
])('the option %s is refused when it is %j', (name, value) => {
  const create = () => new WorkOS({ clientId: 'client_01', [name]: value });
  expect(create).toThrow(expect.objectContaining({ code: 'invalid_option' }) as Error);
  expect(create).toThrow(new RegExp(`^Cannot create client: "${name}"`));
});

test.each([
  ['timeout', 600_000],
  ['maxRetries', 10],
  ['refreshBudget', 25_000],
  ['clockTolerance', 12 * 3_600],
])('the option %s can be %j', (name, value) => {
  expect(() => new WorkOS({ clientId: 'client_01', [name]: value })).not.toThrow();
});

test('an environment variable with an invalid port is refused, and the error names it', () => {
  set({ API_PORT: 'http' });
  expect(() => new WorkOS({ clientId: 'client_01' })).toThrow(/"port" \(WORKOS_API_PORT\)/);
});

test('every option may be undefined', () => {
  const names = [
    'apiKey',
    'apiHostname',
    'port',
    'https',
    'timeout',
    'maxRetries',
    'refreshBudget',
    'issuer',
    'audience',
  ];
  const more = ['clockTolerance', 'fetchFn', 'jwks', 'waitUntil', 'onWarning'];
  const options = Object.fromEntries([...names, ...more].map((name) => [name, undefined]));
  expect(parseSettings({ clientId: 'client_01', ...options })).toMatchObject({
    clientId: 'client_01',
    endpoint: { maxRetries: 3, timeoutMs: 8_000, budgetMs: 20_000 },
    clockToleranceSec: 0,
  });
});

describe('loading a session without', () => {
  const load = (options: WorkOSOptions, cookiePassword?: string) =>
    new WorkOS(options).userManagement.loadSealedSession({ sessionData: 'x', cookiePassword });

  test('a client id throws at once, with the names of the option and the variable', () => {
    const action = () => load({ apiKey: 'sk_1' }, 'x'.repeat(32));
    expect(action).toThrow(/^Cannot load sealed session: .*"clientId".*WORKOS_CLIENT_ID/);
    expect(action).toThrow(expect.objectContaining({ code: 'missing_client_id' }) as Error);
  });

  test('a cookie password throws at once, with the names of the option and the variable', () => {
    expect(() => load({ clientId: 'c' })).toThrow(
      /^Cannot load sealed session: .*"cookiePassword".*WORKOS_COOKIE_PASSWORD/,
    );
    expect(() => load({ clientId: 'c' }, 'x'.repeat(31))).toThrow(/has 31 characters, expected at least 32/);
  });

  test('a cookie password takes that of the environment', () => {
    set({ COOKIE_PASSWORD: 'x'.repeat(32) });
    expect(load({ clientId: 'c' })).toHaveProperty('authenticate');
  });
});

describe('a cookie too large', () => {
  test('is passed to the callback each time', () => {
    const warnings: unknown[] = [];
    const { checkCookieSize } = parseSettings({ clientId: 'c', onWarning: (warning) => warnings.push(warning) });
    checkCookieSize(3_900);
    checkCookieSize(3_901);
    checkCookieSize(5_000);
    expect(warnings).toMatchObject([{ code: 'cookie_too_large', cookieBytes: 3_901 }, { cookieBytes: 5_000 }]);
  });

  test('is printed once if there is no callback', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { checkCookieSize } = parseSettings({ clientId: 'c' });
    checkCookieSize(4_097);
    checkCookieSize(4_097);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/4097 bytes.*setSessionCookie/)]]);
    warn.mockRestore();
  });
});
