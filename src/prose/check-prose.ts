/** English prose → what is wrong with it, as sentences. */
import retextEnglish from 'retext-english';
import retextIndefiniteArticle from 'retext-indefinite-article';
import retextReadability from 'retext-readability';
import retextRepeatedWords from 'retext-repeated-words';
import retextSimplify from 'retext-simplify';
import retextStringify from 'retext-stringify';
import { unified } from 'unified';
import type { VFile } from 'vfile';
import { ODD_PHRASES } from './odd-phrases.ts';

/** Words that are plain to programmers, whatever they are to others. */
const TERMS = [
  'address',
  'all of',
  'authorize',
  'component',
  'contains',
  'delete',
  'expiration',
  'function',
  'initial',
  'it is',
  'maximum',
  'minimum',
  'multiple',
  'option',
  'parameters',
  'request',
  'require',
  'selection',
  'there are',
  'there is',
  'type',
  'validate',
];

/** Shorter sentences are never hard to read; the formulas count long names as hard words. */
const WORDS_MIN = 14;

const PATTERNS = ODD_PHRASES.map(({ odd, better }) => ({
  // A phrase may continue on the next line of a comment.
  pattern: new RegExp(`(?<![\\w-])(?:${odd.replaceAll(' ', '[\\s*/#]+')})(?![\\w-])`, 'gi'),
  better,
}));

interface OddPhrase {
  phrase: string;
  better: string;
  index: number;
}

/** The phrases of `odd-phrases.ts` in a text of any kind, such as code with comments. */
export function findOddPhrases(text: string): OddPhrase[] {
  return PATTERNS.flatMap(({ pattern, better }) =>
    [...text.matchAll(pattern)].map(({ 0: phrase, index }) => ({
      phrase: phrase.replaceAll(/[\s*/#]+/g, ' '),
      better,
      index,
    })),
  );
}

/** A rule for retext. */
function retextOddPhrases() {
  return (_tree: unknown, file: VFile): void => {
    for (const { phrase, better } of findOddPhrases(String(file)))
      file.message(`Unexpected "${phrase}", write ${better}`);
  };
}

const processor = unified()
  .use(retextEnglish)
  .use(retextRepeatedWords)
  .use(retextIndefiniteArticle)
  .use(retextSimplify, { ignore: TERMS })
  .use(retextReadability, { age: 16, minWords: WORDS_MIN, threshold: 5 / 7 })
  .use(retextOddPhrases)
  .use(retextStringify);

/** Checks one paragraph. */
export function checkProse(text: string): string[] {
  const { messages } = processor.processSync(text);
  return messages.map(({ reason, actual }) => (/hard to read/.test(reason) ? `${reason}: "${actual}"` : reason));
}
