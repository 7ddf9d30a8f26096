import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { stripTypes } from './strip-types.ts';

it('removes all TypeScript syntax and keeps every line in place', async () => {
  const source = await readFile(new URL('testdata/typescript-syntax.ts', import.meta.url), 'utf8');
  const script = stripTypes(source);
  expect(script.split('\n')).toHaveLength(source.split('\n').length);
  const program = script
    .replaceAll(/^import .*$/gm, 'const WorkOS = class {};')
    .replaceAll(/^export (default )?/gm, '');
  expect(() => new Function(program)).not.toThrow();
});

it.each([
  [
    'namespace',
    'const a = 1;\nnamespace Shapes { export const size = 1; }',
    'Cannot run namespace "Shapes": namespaces are not supported, use an object',
  ],
  [
    'decorator',
    'const a = 1;\n@sealed class A {}',
    'Cannot run decorator "@sealed": browsers do not support decorators, use a function call',
  ],
  [
    'decorator of a method',
    '\nclass A { @bound go() {} }',
    'Cannot run decorator "@bound": browsers do not support decorators, use a function call',
  ],
  [
    'module in the old syntax',
    '\nexport module Old.Shapes { export const size = 1; }',
    'Cannot run namespace "Old.Shapes": namespaces are not supported, use an object',
  ],
])('refuses a %s, with its line', (_what, source, message) => {
  expect(() => stripTypes(source)).toThrow(expect.objectContaining({ message, loc: { line: 2 } }));
});

it.each([
  ['a link in a comment', '/** See {@link A}. */\nclass A {}'],
  ['an address in a text', "class A {}\nconsole.log('; @a.example');"],
])('does not treat %s as a decorator', (_what, source) => {
  expect(stripTypes(source)).toBe(source);
});
