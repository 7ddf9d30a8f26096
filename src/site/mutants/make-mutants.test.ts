import { expect, it } from 'vitest';
import { makeMutants } from './make-mutants.ts';

const changesIn = (text: string) => makeMutants('a.ts', text).map(({ line, from, to }) => `${line} ${from} → ${to}`);

it.each([
  ['const a = 5_000;', ['1 5_000 → (5_000 * 2)']],
  ['let a = 0;', ['1 0 → 1']],
  ['f(true);', ['1 f(true); → {}', '1 true → false']],
  ['const b = a <= c;', ['1 <= → <']],
  ['const b = a ?? c;', ['1 ?? → &&']],
  ['const b = !a;', ['1 !a → a']],
  ['\nif (a) return;', ['2 a → true', '2 a → false']],
  ["const b = 'a' + c;", []],
])('changes %j in one place each', (text, changes) => {
  expect(changesIn(`function g() {${text}}`)).toEqual(changes);
});

it('leaves types, imports and names of modules alone', () => {
  const text =
    "import { a } from './a.ts';\nexport { b } from './b.ts';\ntype C = 1 | 2;\nlet d: 3;\ninterface E {\n  f: true;\n}\n";
  expect(changesIn(text)).toEqual([]);
  expect(changesIn('export const a = 1 as unknown as 2;')).toEqual(['1 1 → (1 * 2)']);
});

it('changes the text in one place', () => {
  const [doubled] = makeMutants('a.ts', 'export const A_MS = 10 * 60;\n');
  expect(doubled).toMatchObject({ file: 'a.ts', line: 1, text: 'export const A_MS = (10 * 2) * 60;\n' });
});
