/**
 * The same source without Node's own interfaces: as compiled and packed, in a bare process and in a browser's worker.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as Iron from '@hapi/iron';
import sparticuz from '@sparticuz/chromium';
import * as IronWeb from 'iron-webcrypto';
import { chromium } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from './error-catalogue.ts';
import { apiUser } from './testdata/api-server.ts';
import cookiesOfOthers from './testdata/cookies-of-others.json' with { type: 'json' };
import { refusedTokens } from './testdata/refused-tokens.ts';
import { openText, sealText } from './testdata/seal-by-hand.ts';
import vectors from './testdata/seal-vectors.json' with { type: 'json' };
import { createSigner, goodClaims } from './testdata/signer.ts';

interface Exercise {
  results: Record<string, string>;
  sealedSession: string;
  runtime: Record<string, string>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXERCISE = fileURLToPath(new URL('./testdata/exercise.js', import.meta.url));
const signer = createSigner();
const password = vectors[0]!.password;
const sealedWith = (accessToken: string) =>
  sealText(JSON.stringify({ user: { id: 'user_01' }, accessToken }), password);
const mac = sealedWith('a.b.c');
const lastCharacterChanged = `${mac.slice(0, -3)}${String.fromCharCode(mac.at(-3)!.charCodeAt(0) + 1)}~2`;
const proto = '{"accessToken":"a.b.c","user":{"id":"u","__proto__":{"admin":true}}}';

/** Cookies, and their result in every runtime. An invalid token gives invalid_jwt, because the cookie unsealed. */
const expected: [about: string, cookie: string, result: string][] = [
  ['a good token', sealedWith(signer.token(goodClaims())), 'authenticated'],
  ...refusedTokens(signer).map(([about, token]): [string, string, string] => [
    `the token: ${about}`,
    sealedWith(token),
    token === '' ? 'invalid_session_cookie' : about === 'an unknown key id' ? 'keys' : 'invalid_jwt',
  ]),
  ...vectors.map(({ about, sealed }): [string, string, string] => [`the vector: ${about}`, sealed, 'invalid_jwt']),
  ...cookiesOfOthers.cookies.map(({ sealedBy, sealed }): [string, string, string] => [sealedBy, sealed, 'invalid_jwt']),
  [
    'a changed text',
    mac.replace(/\*(.)([\w-]+\*\*)/, (_, c: string, rest: string) => `*${c === 'A' ? 'B' : 'A'}${rest}`),
    'invalid_session_cookie',
  ],
  ['a MAC written in another way', lastCharacterChanged, 'invalid_session_cookie'],
  ['another password', sealText('{}', 'x'.repeat(32)), 'invalid_session_cookie'],
  ['an expired seal', sealText('{}', password, { expiration: '1600000000000' }), 'invalid_session_cookie'],
  ['a __proto__ key', sealText(proto, password), 'invalid_session_cookie'],
  ['text', sealText('text', password), 'invalid_session_cookie'],
];
const cases = expected.filter(([, , result]) => result !== 'keys');
const material = {
  cookies: Object.fromEntries(cases.map(([about, cookie]) => [about, cookie])),
  password,
  jwks: { keys: [signer.jwk] },
  answer: { user: apiUser, access_token: signer.token(goodClaims()), refresh_token: 'refresh_token' },
};

function check({ results, sealedSession }: Exercise): void {
  expect(results).toEqual(Object.fromEntries(cases.map(([about, , result]) => [about, result])));
  expect(JSON.parse(openText(sealedSession, password))).toMatchObject({ refreshToken: 'refresh_token' });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authkit-session-helpers-'));
  execFileSync('npm', ['run', '--silent', 'prepare'], { cwd: ROOT });
  cpSync(join(ROOT, 'build/sdk'), join(folder, 'build/sdk'), { recursive: true });
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  copyFileSync(EXERCISE, join(folder, 'exercise.js'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('@hapi/iron and iron-webcrypto make the published vectors out of their parts, byte for byte', async () => {
  for (const { sealed, plaintext, salt, iv, macSalt } of vectors) {
    const [base, macText] = [sealed.split('*').slice(0, 6).join('*'), sealed.split('*')[7]!.slice(0, 43)];
    const bytes = Buffer.from(iv, 'base64url');
    const mine = { ...Iron.defaults.encryption, salt, iv: bytes };
    const web = { ...IronWeb.defaults.encryption, salt, iv: new Uint8Array(bytes) };
    const encrypted = sealed.split('*')[4];
    expect((await Iron.encrypt(password, mine, plaintext)).encrypted.toString('base64url')).toBe(encrypted);
    expect(Buffer.from((await IronWeb.encrypt(password, web, plaintext)).encrypted).toString('base64url')).toBe(
      encrypted,
    );
    const integrity = { ...Iron.defaults.integrity, salt: macSalt };
    expect((await Iron.hmacWithPassword(password, integrity, base)).digest).toBe(macText);
    expect(
      (await IronWeb.hmacWithPassword(password, { ...IronWeb.defaults.integrity, salt: macSalt }, base)).digest,
    ).toBe(macText);
  }
});

/** As Next.js on the edge, and Deno without permission for the environment. */
const THROWING = `
  process.getBuiltinModule = () => { throw new Error('A Node.js API is used'); };
  process.env = new Proxy(process.env, {
    get(target, name) {
      if (String(name).startsWith('WORKOS_')) throw new Error('Requires env access');
      return target[name];
    },
  });`;
/** As the package that polyfills bring. */
const OTHER_BUFFER = `
  globalThis.Buffer = class extends Buffer {
    static from(value, encoding) {
      if (encoding === 'base64url') throw new TypeError('Unknown encoding: base64url');
      return super.from(value, encoding);
    }
  };`;

interface Chunk {
  fileName: string;
  code: string;
  imports: string[];
  modules: object;
}

async function bundle(entry: string): Promise<Chunk[]> {
  const built = await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: join(folder, entry), formats: ['es'] } },
  });
  return ((Array.isArray(built) ? built[0]! : built) as unknown as { output: Chunk[] }).output;
}

describe('as it is packed', () => {
  test.each([
    ['on Node', '', 'object'],
    ['without Node’s interfaces', 'delete globalThis.process;', 'undefined'],
    ['where each of them throws', THROWING, 'object'],
    ['with a global Buffer that knows no base64url', OTHER_BUFFER, 'object'],
  ])('%s', (about, prelude, runtime) => {
    const program = `
      const print = console.log, material = JSON.parse(process.env.MATERIAL);
      ${prelude}
      const { exercise } = await import('./exercise.js');
      const sdk = await import(${JSON.stringify(pathToFileURL(join(folder, 'build/sdk/index.js')).href)});
      print(JSON.stringify(await exercise(sdk, material)));`;
    const file = join(folder, `${about}.js`);
    writeFileSync(file, program);
    const env = { ...process.env, MATERIAL: JSON.stringify(material) };
    const { stdout, stderr } = spawnSync(process.execPath, [file], { env, encoding: 'utf8' });
    expect(stderr).toBe('');
    const result = JSON.parse(stdout) as Exercise;
    expect(result.runtime['process']).toBe(runtime);
    check(result);
  });

  test('bundled without the error catalogue, if no code reads it', async () => {
    const codeOf = async (name: string) => {
      writeFileSync(join(folder, 'entry.js'), `export { ${name} } from './build/sdk/index.js';`);
      return (await bundle('entry.js')).map(({ code }) => code).join('');
    };
    const { meaning } = errorCatalogue.missing_api_key;
    expect(await codeOf('errorCatalogue')).toContain(meaning);
    expect(await codeOf('WorkOS')).not.toContain(meaning);
  });

  test('bundled for browsers, in a worker of a browser', { timeout: 60_000 }, async () => {
    writeFileSync(
      join(folder, 'worker.js'),
      `import * as sdk from './build/sdk/index.js';
      import { exercise } from './exercise.js';
      self.onmessage = async ({ data }) => self.postMessage(await exercise(sdk, data));`,
    );
    const output = await bundle('worker.js');
    // What only sealing with the web's cryptography needs is a chunk of its own.
    const [worker, iron] = output as [Chunk, Chunk];
    expect([output.length, worker.imports, iron.imports]).toEqual([2, [], []]);
    expect(Object.keys(worker.modules).join()).not.toMatch(/iron/);
    expect(Object.keys(iron.modules).join()).toMatch(/iron-webcrypto/);
    const codeOf = (url: string) => output.find(({ fileName }) => url.endsWith(`/${fileName}`)) ?? worker;

    const executablePath = await sparticuz.executablePath();
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-background-networking'],
    });
    try {
      const page = await browser.newPage();
      // Only where a page is safe has its worker cryptography, and loopback is.
      await page.route('http://localhost:1234/**', (route) =>
        route.fulfill(
          route.request().url().endsWith('.js')
            ? { contentType: 'text/javascript', body: codeOf(route.request().url()).code }
            : { contentType: 'text/html', body: '<!doctype html><title>Worker</title>' },
        ),
      );
      await page.goto('http://localhost:1234/');
      const result = await page.evaluate(
        (data) =>
          new Promise<Exercise>((resolve, reject) => {
            const worker = new Worker('/worker.js', { type: 'module' });
            worker.onmessage = (event) => resolve(event.data as Exercise);
            worker.onerror = (event) => reject(new Error(event.message));
            worker.postMessage(data);
          }),
        material,
      );
      expect(result.runtime).toEqual({ process: 'undefined', Buffer: 'undefined' });
      check(result);
    } finally {
      await browser.close();
    }
  });
});
