import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawSequence, readDiagram, sayStep, type Sequence } from './index.ts';
import { textWidth } from './wrap-text.ts';

const read = (text: string) => {
  const diagram = readDiagram('mermaid', text);
  if (!diagram) throw new Error('Cannot read the diagram');
  return diagram;
};

/** The steps in words, indented. */
function say({ steps, participants }: Sequence): string {
  const lines = (spoken: ReturnType<typeof sayStep>, indent: string): string[] =>
    spoken.flatMap(({ text, steps: inner }) => [indent + text, ...lines(inner, `${indent}  `)]);
  return lines(
    steps.flatMap((step) => sayStep(step, participants)),
    '',
  ).join('\n');
}

const EVERYTHING = `sequenceDiagram
  %% A comment.
  autonumber
  actor V as Visitor
  participant Shop
  participant P as Payment API
  V->>Shop: Buy: two apples
  Shop ->> Shop: Count the apples
  loop every 5 seconds
    Shop->>P: Is it paid?
    alt it is paid
      P-->>Shop: Yes
    else the card is refused
      P-->>Shop: No, with a reason
    else
      P-->>Shop: Wait
    end
  end
  opt a < b
    note right of V: Can close the page
  end
  Note over Shop,P: Both keep a record
  P->>P: Forget the card
`;

it('reads participants, messages, notes and frames, and says them in words', () => {
  const { sequence, problems } = read(EVERYTHING);
  expect(problems).toEqual([]);
  expect(sequence.participants.map(({ name, isActor }) => [name, isActor])).toEqual([
    ['Visitor', true],
    ['Shop', false],
    ['Payment API', false],
  ]);
  expect(say(sequence)).toBe(`Visitor to Shop: Buy: two apples
Shop: Count the apples
Loop every 5 seconds
  Shop to Payment API: Is it paid?
  If it is paid
    Payment API to Shop: Yes
  Else if the card is refused
    Payment API to Shop: No, with a reason
  Else
    Payment API to Shop: Wait
If a < b
  Note at Visitor: Can close the page
Note at Shop and Payment API: Both keep a record
Payment API: Forget the card`);
});

it('leaves other code alone', () => {
  expect(readDiagram('sh', EVERYTHING)).toBeUndefined();
});

it.each([
  ['flowchart LR', 1, 'diagram-kind', '"flowchart" is not a kind that is drawn', undefined],
  ['sequenceDiagrm\nA->>B: x', 1, 'diagram-kind', '"sequenceDiagrm" is not', 'sequenceDiagram'],
  ['sequenceDiagram', 1, 'diagram-empty', 'it has no steps', undefined],
  ['partcipant C', 4, 'diagram-statement', '"partcipant" is unknown', 'participant'],
  ['activate A', 4, 'diagram-statement', '"activate" is unknown', undefined],
  ['A->B: Ask', 4, 'diagram-arrow', 'the arrow "->" is unknown', '->>'],
  ['A--xB: Ask', 4, 'diagram-arrow', 'the arrow "--x" is unknown', '-->>'],
  ['A->>+B: Ask', 4, 'diagram-arrow', 'the arrow "->>+" is unknown', '->>'],
  ['A->>Bob: Ask', 4, 'diagram-participant', 'there is no participant "Bob"', undefined],
  ['participant Server\nA->>Sever: Ask', 5, 'diagram-participant', 'there is no participant "Sever"', 'Server'],
  ['Note over A,C: x', 4, 'diagram-participant', 'there is no participant "C"', undefined],
  ['participant A as Again', 4, 'diagram-participant', '"A" is declared twice', undefined],
  ['A->>B', 4, 'diagram-text', 'the message has no text', undefined],
  ['A->>B: One; two', 4, 'diagram-text', '";" has a meaning of its own', undefined],
  ['A->>B: One<br/>two', 4, 'diagram-text', '"<br/>" has a meaning of its own', undefined],
  ['Note over A:', 4, 'diagram-text', 'the note has no text', undefined],
  ['else', 4, 'diagram-frame', '"else" is not within "alt"', undefined],
  ['loop\nelse\nend', 5, 'diagram-frame', '"else" is not within "alt"', undefined],
  ['end', 4, 'diagram-frame', '"end" closes nothing', undefined],
  ['A->>B: Ask\nalt yes\nA->>B: Ask', 5, 'diagram-frame', '"alt" is not closed', undefined],
  [
    [...'CDEF'].map((id) => `participant ${id}\n`).join('') + 'A->>B: x',
    1,
    'diagram-participants',
    'it has 6',
    undefined,
  ],
])('reports %j, with its line and the nearest word', (line, at, code, what, nearest) => {
  const text = /^(?:flow|seq)/.test(line) ? line : `sequenceDiagram\nparticipant A\nparticipant B\n${line}`;
  const [problem, ...others] = read(text).problems;
  expect(problem).toMatchObject({
    code,
    line: at,
    message: expect.stringContaining(`Cannot draw the diagram: ${what}`),
  });
  expect(problem?.nearest).toBe(nearest);
  expect(problem?.fix).not.toBe('');
  expect(others).toEqual([]);
});

/** The texts of a drawing, with the most room that each can take. */
function textsOf(svg: string, size: number) {
  const [, width = 0, height = 0] = (/viewBox="0 0 (\S+) (\S+)"/.exec(svg) ?? []).map(Number);
  const texts = Array.from(
    svg.matchAll(/<text x="([-\d.]+)" y="([-\d.]+)"(?: text-anchor="(\w+)")?>([^<]*)<\/text>/g),
    ([, x, y, anchor = 'middle', written = '']) => {
      const text = written.replaceAll('&lt;', '<');
      const own = /^\d+$/.test(text) ? 0 : textWidth(text, size);
      const left = Number(x) - (anchor === 'middle' ? own / 2 : anchor === 'end' ? own : 0);
      return { text, left, right: left + own, top: Number(y) - size * 0.8, bottom: Number(y) + size * 0.2 };
    },
  );
  return { width, height, texts };
}

const STYLES = [
  { widthMax: 660, text: 14 },
  { widthMax: 332, text: 12.5 },
];

it.each(STYLES)('draws every word, $widthMax pixels wide', (style) => {
  const svg = drawSequence(read(EVERYTHING).sequence, style, 'Buy "apples"');
  const { width, texts } = textsOf(svg, style.text);
  expect(width).toBeLessThanOrEqual(style.widthMax);
  expect(svg).toContain('role="img" aria-label="Buy &quot;apples&quot;"');
  const drawn = texts.map(({ text }) => text).join(' ');
  for (const word of EVERYTHING.replaceAll(/%%.*|\b(?:alt|opt|over|right of)\b/g, '').match(/: .*/g) ?? [])
    for (const part of word.slice(2).split(' ')) expect(drawn).toContain(part);
  expect([1, 2, 3, 4, 5, 6, 7].every((number) => texts.some(({ text }) => text === String(number)))).toBe(true);
});

it.each(STYLES)(
  'draws each arrow from its sender to its receiver, and the rest as before, $widthMax pixels wide',
  async (style) => {
    const svg = drawSequence(read(EVERYTHING).sequence, style, 'Buy');
    const lines = svg.replaceAll('><', '>\n<').replaceAll(/(?<=[\dz])M/g, '\n  M');
    await expect(`${lines}\n`).toMatchFileSnapshot(`testdata/everything.${style.widthMax}.golden.svg`);
  },
);

const label = fc.stringMatching(/^[A-Za-z]{1,12}( [a-z/?=_]{1,14}){0,6}$/);
const id = fc.constantFrom('A', 'B', 'C', 'D');
const simple = fc.oneof(
  fc.tuple(id, fc.constantFrom('->>', '-->>'), id, label).map(([a, arrow, b, text]) => `${a}${arrow}${b}: ${text}`),
  fc.tuple(fc.constantFrom('over', 'left of', 'right of'), id, label).map(([s, a, text]) => `Note ${s} ${a}: ${text}`),
  fc.tuple(id, id, label).map(([a, b, text]) => `Note over ${a},${b}: ${text}`),
);
const framed = fc
  .tuple(label, simple, label, simple)
  .map(([one, first, two, second]) => `alt ${one}\n${first}\nloop ${two}\n${second}\nend\nelse ${two}\n${first}\nend`);
const diagram = fc
  .tuple(
    fc.array(label, { minLength: 4, maxLength: 4 }),
    fc.array(fc.oneof(simple, framed), { minLength: 1, maxLength: 5 }),
  )
  .map(([names, steps]) =>
    [
      'sequenceDiagram',
      'autonumber',
      ...names.map((name, at) => `participant ${'ABCD'[at]} as ${name}`),
      ...steps,
    ].join('\n'),
  );

it.each(STYLES)('keeps all text within $widthMax pixels, and no text on another', (style) => {
  fc.assert(
    fc.property(diagram, (text) => {
      const { sequence, problems } = read(text);
      expect(problems).toEqual([]);
      const { width, height, texts } = textsOf(drawSequence(sequence, style, ''), style.text);
      expect(width).toBeLessThanOrEqual(style.widthMax);
      for (const [index, one] of texts.entries()) {
        expect({ ...one, isInside: one.left >= -1 && one.right <= width + 1 && one.bottom <= height }).toMatchObject({
          isInside: true,
        });
        for (const other of texts.slice(index + 1)) {
          const apart =
            one.right <= other.left + 1 ||
            other.right <= one.left + 1 ||
            one.bottom <= other.top + 1 ||
            other.bottom <= one.top + 1;
          expect({ one, other, apart }).toMatchObject({ apart: true });
        }
      }
    }),
    { numRuns: 60 },
  );
});
