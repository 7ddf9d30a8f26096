import { expect, test } from 'vitest';
import { parseJson, parseJsonStrictly } from './json.ts';

const ESCAPED = String.raw`{"\u005f_proto__":{"admin":true},"name":"Zo\u00eb"}`;

test('leaves a key __proto__ out, however it is written', () => {
  for (const text of [ESCAPED, '{"__proto__":{"admin":true},"name":"Zoë"}'])
    expect(JSON.stringify(parseJson(text))).toBe('{"name":"Zoë"}');
});

test('refuses a key __proto__ in the strict form, and nothing else that is written with escapes', () => {
  expect(() => parseJsonStrictly(ESCAPED)).toThrow(SyntaxError);
  expect(parseJsonStrictly(String.raw`{"name":"Zo\u00eb","said":"__proto__"}`)).toEqual({
    name: 'Zoë',
    said: '__proto__',
  });
});
