import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countCookieBytes } from './cookie.ts';
import {
  chunkCookie,
  deleteSessionCookie,
  joinCookie,
  readSessionCookie,
  serializeSessionCookie,
  setSessionCookie,
  type SessionCookieOptions,
} from './cookie.ts';
import { runs } from './testdata/effort.ts';

const seal = (characters: number) => `${'s'.repeat(characters - 2)}~2`;
/** What a browser holds after it has got these cookies. */
function browse(held: Record<string, string>, cookies: ReturnType<typeof chunkCookie>): Record<string, string> {
  const after = { ...held };
  for (const { name, value, maxAge } of cookies) {
    if (maxAge === 0) delete after[name];
    else after[name] = value;
  }
  return after;
}

describe('serializeSessionCookie', () => {
  test('keeps the cookie from scripts, from other sites and from plain HTTP by default', () => {
    expect(serializeSessionCookie('Fe26.2*1*a**b~2')).toBe(
      'wos-session=Fe26.2*1*a**b~2; Path=/; Secure; HttpOnly; SameSite=Lax',
    );
  });

  test.each<[SessionCookieOptions, string]>([
    [
      { maxAge: 3600, domain: 'example.com', path: '/app' },
      'wos-session=x; Max-Age=3600; Domain=example.com; Path=/app; Secure; HttpOnly; SameSite=Lax',
    ],
    [{ name: '__Host-session', sameSite: 'strict' }, '__Host-session=x; Path=/; Secure; HttpOnly; SameSite=Strict'],
    [{ sameSite: 'none' }, 'wos-session=x; Path=/; Secure; HttpOnly; SameSite=None'],
    [{ sameSite: 'none', partitioned: true }, 'wos-session=x; Path=/; Secure; HttpOnly; SameSite=None; Partitioned'],
    [{ secure: false, httpOnly: false }, 'wos-session=x; Path=/; SameSite=Lax'],
    [{ maxAge: 0 }, 'wos-session=x; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax'],
    [{ maxAge: undefined, domain: undefined }, 'wos-session=x; Path=/; Secure; HttpOnly; SameSite=Lax'],
  ])('writes %j', (options, header) => {
    expect(serializeSessionCookie('x', options)).toBe(header);
  });

  test.each<[string, string, SessionCookieOptions]>([
    ['a value with a semicolon', 'a; Domain=evil.example', {}],
    ['a value with a line break', 'a\r\nSet-Cookie: b=c', {}],
    ['a value beyond ASCII', 'ü', {}],
    ['a name with an equals sign', 'a', { name: 'a=b' }],
    ['an empty name', 'a', { name: '' }],
    ['a name with a line break', 'a', { name: 'a\nb' }],
    ['a path with a semicolon', 'a', { path: '/;Domain=evil.example' }],
    ['a path without a slash', 'a', { path: 'app' }],
    ['a domain with a semicolon', 'a', { domain: 'example.com; Path=/' }],
    ['a domain that is an address with port', 'a', { domain: 'example.com:80' }],
    ['an age that is not whole', 'a', { maxAge: 1.5 }],
    ['an age without end', 'a', { maxAge: Infinity }],
    ['an unknown sameSite', 'a', { sameSite: 'toString' as 'lax' }],
    ['sameSite none without secure', 'a', { sameSite: 'none', secure: false }],
    ['partitioned without secure', 'a', { partitioned: true, secure: false }],
    ['__Secure- without secure', 'a', { name: '__Secure-a', secure: false }],
    ['__Host- with a domain', 'a', { name: '__Host-a', domain: 'example.com' }],
    ['__Host- with a path', 'a', { name: '__Host-a', path: '/app' }],
  ])('refuses %s', (_about, value, options) => {
    expect(() => serializeSessionCookie(value, options)).toThrow(
      expect.objectContaining({ code: 'invalid_cookie' }) as Error,
    );
  });
});

test('a cookie’s size is that of its name and its value', () => {
  expect(countCookieBytes('1234')).toBe('wos-session'.length + 4);
  expect(countCookieBytes('1234', 'n')).toBe(5);
});

describe('chunkCookie', () => {
  test('does not split a session that fits', () => {
    expect(chunkCookie(seal(3_000))).toEqual([{ name: 'wos-session', value: seal(3_000) }]);
  });

  test('splits a session of which the cookie has more than 3,900 bytes', () => {
    const whole = seal(3_900 - countCookieBytes('', 'wos-session'));
    expect(chunkCookie(whole)).toHaveLength(1);
    expect(chunkCookie(`${whole}x`)).toHaveLength(3);
  });

  test('splits into single characters if the name leaves no more room', () => {
    const name = 'n'.repeat(3_899 - countCookieBytes('', '.0'));
    expect(chunkCookie(seal(4), { name }).filter(({ value }) => value.length === 1)).toHaveLength(4);
  });

  test('splits a larger one so that each cookie stays under the browsers’ limit with its attributes', () => {
    const cookies = chunkCookie(seal(9_000), { name: 'my-session' });
    expect(cookies.map(({ name }) => name)).toEqual(['my-session.0', 'my-session.1', 'my-session.2', 'my-session']);
    expect(cookies.at(-1)).toEqual({ name: 'my-session', value: '', maxAge: 0 });
    for (const { name, value } of cookies) {
      const header = serializeSessionCookie(value, { name, maxAge: 34_560_000, domain: 'app.example.com' });
      expect(header.length).toBeLessThanOrEqual(4_096);
    }
  });

  test('deletes the cookies of an earlier session, and no others', () => {
    const present = { 'wos-session.0': 'a', 'wos-session.1': 'b', 'wos-session.2': undefined, theme: 'dark' };
    const gone = chunkCookie(seal(100), { present }).filter(({ maxAge }) => maxAge === 0);
    expect(gone.map(({ name }) => name)).toEqual(['wos-session.0', 'wos-session.1', 'wos-session.2']);
  });

  test('refuses a session that does not fit into four cookies', () => {
    expect(chunkCookie(seal(15_500))).toHaveLength(5);
    expect(() => chunkCookie(seal(15_600))).toThrow(expect.objectContaining({ code: 'session_too_large' }) as Error);
    const endless = () => chunkCookie(seal(100), { name: 'n'.repeat(4_000) });
    expect(endless).toThrow('expected at most 0');
  });
});

describe('joinCookie', () => {
  test('returns undefined if there is no session', () => {
    expect(joinCookie({})).toBeUndefined();
    expect(joinCookie({ 'wos-session': '', other: 'x', 'wos-session.1': 'b' })).toBeUndefined();
  });

  test('does not take what every object has for a cookie', () => {
    expect(joinCookie({}, 'constructor')).toBeUndefined();
    expect(joinCookie(Object.create({ 'wos-session': 'x' }) as Record<string, string>)).toBeUndefined();
  });

  test('stops at a gap', () => {
    expect(joinCookie({ 'wos-session.0': 'a', 'wos-session.2': 'c' })).toBe('a');
  });

  test('the session that was set last is the one that is read, whatever the sizes', () => {
    const sizes = fc.array(fc.integer({ min: 10, max: 15_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.boolean(), (lengths, knowsPresent) => {
        let held: Record<string, string> = { theme: 'dark' };
        for (const [index, length] of lengths.entries()) {
          const sealed = `${String(index).repeat(length)}~2`;
          held = browse(held, chunkCookie(sealed, knowsPresent ? { present: held } : {}));
          expect(joinCookie(held)).toBe(sealed);
        }
        expect(held['theme']).toBe('dark');
      }),
      runs(200, 5_000),
    );
  });
});

describe('setSessionCookie and deleteSessionCookie', () => {
  const attributes = { name: 'app', path: '/app', domain: 'example.com', sameSite: 'strict', maxAge: 60 } as const;
  /** A browser that keeps a cookie under its name, domain and path. */
  function keep(held: Map<string, string>, headers: string[]): Map<string, string> {
    const after = new Map(held);
    for (const header of headers) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      const place = [name, /Domain=([^;]*)/.exec(header)?.[1], /Path=([^;]*)/.exec(header)?.[1]].join(' ');
      if (/; Max-Age=0(;|$)/.test(header)) after.delete(place);
      else after.set(place, value);
    }
    return after;
  }

  test.each([100, 5_000, 15_000])('one undoes the other for %i bytes, whatever came between', (bytes) => {
    const held = keep(
      keep(new Map(), setSessionCookie(seal(200), attributes)),
      setSessionCookie(seal(bytes), attributes),
    );
    expect(held.size).toBe(Math.ceil(bytes / 3_887));
    expect(keep(held, deleteSessionCookie(attributes)).size).toBe(0);
  });

  test('deletes only what the request has, where that is known', () => {
    const present = 'theme=dark; wos-session.0=a; wos-session.1=b';
    expect(deleteSessionCookie({ present }).map((header) => header.split('=')[0])).toEqual([
      'wos-session.0',
      'wos-session.1',
    ]);
    expect(deleteSessionCookie({ present: {} })).toEqual([]);
    const [hiding, ...others] = setSessionCookie(seal(5_000), { present: {} }).filter((header) =>
      header.includes('Max-Age=0'),
    );
    expect([hiding?.split('=')[0], others]).toEqual(['wos-session', []]);
  });

  test('deletes the chunks that a smaller session leaves over', () => {
    const headers = setSessionCookie(seal(100), { present: { 'wos-session.0': 'a', 'wos-session.1': 'b' } });
    expect(headers.map((header) => /^([^=]+)=.*?(Max-Age=0)?; Path/.exec(header)?.slice(1))).toEqual([
      ['wos-session', undefined],
      ['wos-session.0', 'Max-Age=0'],
      ['wos-session.1', 'Max-Age=0'],
    ]);
  });

  test('an empty session deletes the cookie, as chunkCookie does', () => {
    const gone = { value: '', maxAge: 0 };
    const present = { 'wos-session': 'a', 'wos-session.0': 'b' };
    expect(chunkCookie('', { present })).toEqual([
      { name: 'wos-session', ...gone },
      { name: 'wos-session.0', ...gone },
    ]);
    expect(setSessionCookie('')[0]).toContain('Max-Age=0');
  });
});

describe('readSessionCookie', () => {
  test.each<[string, Parameters<typeof readSessionCookie>[0], string[]]>([
    ['no header', undefined, []],
    ['a header of null', null, []],
    ['an empty header', '', []],
    ['other cookies', 'theme=dark; wos-sessions=a; my-wos-session=b', []],
    ['one cookie', 'theme=dark; wos-session=a*b~2', ['a*b~2']],
    ['no spaces', 'theme=dark;wos-session=a;lang=en', ['a']],
    ['one name twice', 'wos-session=a; wos-session=b', ['a', 'b']],
    ['the same value twice', 'wos-session=a; wos-session=a', ['a']],
    ['a value in quotes', 'wos-session="a*b~2"', ['a*b~2']],
    ['a value that is percent-encoded', 'wos-session=a%2Ab%7E2', ['a*b~2']],
    ['a value that is encoded wrongly', 'wos-session=a%2', ['a%2']],
    ['two headers', ['wos-session=a', 'theme=dark; wos-session=b'], ['a', 'b']],
    ['two headers that a proxy has joined', 'wos-session=a, wos-session=b', ['a', 'b']],
    ['a stale whole cookie beside chunks', 'wos-session=a; wos-session.1=c; wos-session.0=b', ['a', 'bc']],
    ['one chunk twice', 'wos-session.0=a; wos-session.1=b; wos-session.0=c', ['ab', 'cb']],
    ['chunks twice', 'wos-session.0=a; wos-session.1=b; wos-session.0=c; wos-session.1=d', ['ab', 'cd']],
    ['cookies by name', { 'wos-session': 'a', 'wos-session.0': 'b', other: undefined }, ['a', 'b']],
    ['an empty cookie', 'wos-session=', []],
    ['text that is no header', ';;;=;= ;a', []],
  ])('%s', (_about, cookies, values) => {
    expect(readSessionCookie(cookies)).toEqual(values);
  });

  test('reads what setSessionCookie has set, under any name', () => {
    for (const bytes of [100, 5_000, 15_000]) {
      const header = setSessionCookie(seal(bytes), { name: 'a.b+c' })
        .map((each) => each.split('; ', 1)[0])
        .join('; ');
      expect(readSessionCookie(header, 'a.b+c')).toEqual([seal(bytes)]);
    }
  });
});
