import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { formatProof, formatScore, kindsOf } from './cli.ts';
import { type Kind, makeFalsehoods } from './falsehood.ts';
import { KINDS } from './falsehood-kinds.ts';
import { prove, readTexts } from './prove.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const texts = await readTexts(ROOT);

describe('falsehoods', () => {
  const falsehoods = makeFalsehoods(KINDS, texts);

  it('number at least sixty, cover every area, and use every kind', () => {
    expect(falsehoods.length).toBeGreaterThanOrEqual(60);
    expect(new Set(falsehoods.map(({ kind }) => kind.area)).size).toBe(10);
    expect(KINDS.filter((kind) => !falsehoods.some((each) => each.kind === kind)).map(({ name }) => name)).toEqual([]);
  });

  it('are deterministic, and change one place in one file each', () => {
    expect(makeFalsehoods(KINDS, texts)).toEqual(falsehoods);
    for (const { file, was, becomes, text } of falsehoods) {
      const former = texts.get(file) ?? '';
      expect(text).not.toBe(former);
      expect(text.length - former.length).toBe(becomes.length - was.length);
    }
  });

  it('of one kind are spread over files', () => {
    const dead = falsehoods.filter(({ kind }) => kind.name === 'a link leads to a missing page');
    expect(new Set(dead.map(({ file }) => file)).size).toBe(dead.length);
  });
});

it('refuses an area that does not exist', () => {
  expect(kindsOf('link').every(({ area }) => area === 'links')).toBe(true);
  expect(() => kindsOf('linsk')).toThrow(
    /^Cannot run npm run prove: there is no area "linsk" \(nearest "links"\), expected one of pages, /,
  );
});

describe('proving', () => {
  const caught: Kind = {
    area: 'reference',
    name: 'a field has another type',
    files: /load-sealed-session\.mdx$/,
    pattern: /^ {14}type: function$/gm,
    falsify: () => '              type: number',
    check: 'reference',
    expects: ['type-differs'],
    take: 1,
  };
  /** A word in a sentence, which the comparison of the reference does not read. */
  const survivor: Kind = {
    ...caught,
    name: 'a sentence is inverted',
    files: /refresh\.mdx$/,
    pattern: /^[A-Z][^\n]*\bis\b/gm,
    falsify: ([was]) => `${was} not`,
  };

  it('distinguishes detected from undetected falsehoods, and scores them', async () => {
    const proofs = await prove(ROOT, { kinds: [caught, survivor] });
    expect(proofs.map((proof) => [proof.falsehood.kind.name, proof.caught, proof.found])).toEqual([
      ['a field has another type', true, ['type-differs']],
      ['a sentence is inverted', false, []],
    ]);
    expect(proofs.map(formatProof).join('\n')).toMatch(
      /type-differs \(content[^]*not detected, found nothing \(content/,
    );
    expect(formatScore(proofs)).toContain('1 of 2 falsehoods caught: 50.0 %');
  }, 120_000);
});
