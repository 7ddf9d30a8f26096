import { expect, it } from 'vitest';
import type { PageFacts, ShownSnippet } from './content.ts';
import { collectEntries, describeNotes } from './hovers.ts';

function pageWith(path: string, description: string, entry: object): PageFacts {
  const tab = {
    language: 'js',
    entry: {
      title: 'refresh()',
      signature: 'refresh()',
      language: 'js',
      parameters: [],
      returns: [],
      properties: [],
      page: path,
      anchor: 'js.refresh',
      ...entry,
    },
  };
  return { path, description, blocks: [{ tabs: [tab] }] } as unknown as PageFacts;
}

function snippet(id: string, code: string, types: ShownSnippet['types'] = []): ShownSnippet {
  return { id, code, types, language: 'js' } as unknown as ShownSnippet;
}

const at = (line: number, column: number) => ({ line, column, length: 1 });

it('numbers each text of a page once, even if several snippets contain it', () => {
  const { texts, bySnippet } = describeNotes(
    [
      snippet('a.ts', 'a b', [
        { ...at(1, 1), type: 'const a: A' },
        { ...at(1, 3), type: 'const b: B', about: 'It is b.' },
      ]),
      snippet('b.ts', 'b', [{ ...at(1, 1), type: 'const b: B', about: 'It is b.' }]),
    ],
    new Map(),
  );
  expect(texts).toEqual([{ code: 'const a: A' }, { code: 'const b: B', about: 'It is b.' }]);
  expect(bySnippet.get('b.ts')?.hovers).toEqual([{ ...at(1, 1), index: 1 }]);
});

it('describes a linked identifier by its entry, or else by the page of the entry', () => {
  const entries = collectEntries([
    pageWith('/a', 'The lede.', { key: 'refresh' }),
    pageWith('/b', 'Not asked.', {
      key: 'load',
      title: 'load()',
      signature: 'load()',
      description: 'Reads `a < b` & more.',
    }),
  ]);
  const { texts, bySnippet } = describeNotes([snippet('a.ts', 'refresh(); load()')], entries);
  expect(texts).toEqual([
    { code: 'refresh()', about: 'The lede.' },
    { code: 'load()', about: 'Reads a < b & more.' },
  ]);
  expect(bySnippet.get('a.ts')?.links.get('load')).toEqual({ href: '/b#js.refresh', index: 1 });
});

it('leaves out entries that no snippet of the page uses', () => {
  const entries = collectEntries([pageWith('/a', 'The lede.', { key: 'refresh' })]);
  expect(describeNotes([snippet('a.ts', 'load()')], entries).texts).toEqual([]);
});

it('links to the first page that shows an entry', () => {
  const entries = collectEntries([pageWith('/a', '', { key: 'refresh' }), pageWith('/b', '', { key: 'refresh' })]);
  expect(entries.get('js')?.get('refresh')?.href).toBe('/a#js.refresh');
});
