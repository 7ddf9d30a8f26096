import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { stripTypes } from './strip-types.ts';

it('leaves JavaScript, each line where it was, of all that TypeScript adds', async () => {
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
    'Cannot run namespace "Shapes": nothing would be left of it, an object is wanted',
  ],
  [
    'decorator',
    'const a = 1;\n@sealed class A {}',
    'Cannot run decorator "@sealed": no browser knows it yet, a call is wanted',
  ],
  [
    'decorator of a method',
    '\nclass A { @bound go() {} }',
    'Cannot run decorator "@bound": no browser knows it yet, a call is wanted',
  ],
  [
    'module of the old kind',
    '\nexport module Old.Shapes { export const size = 1; }',
    'Cannot run namespace "Old.Shapes": nothing would be left of it, an object is wanted',
  ],
])('refuses a %s, with its line', (_what, source, message) => {
  expect(() => stripTypes(source)).toThrow(expect.objectContaining({ message, loc: { line: 2 } }));
});

it.each([
  ['a link in a comment', '/** See {@link A}. */\nclass A {}'],
  ['an address in a text', "class A {}\nconsole.log('; @a.example');"],
])('takes %s for no decorator', (_what, source) => {
  expect(stripTypes(source)).toBe(source);
});
