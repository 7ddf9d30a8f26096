/** A phrase that no passage has → where its neighbourhood is now, and a passage → the phrase that was meant. */
import { distance } from 'fastest-levenshtein';
import { nearestName } from '../findings/index.ts';
import type { Phrase } from './ledger.ts';
import type { Passage } from './passages.ts';
import { type Quantity, quantitiesOf } from './quantities.ts';

/** A part of a passage. */
export interface NearText {
  text: string;
  file: string;
  line: number;
  /** The same part as the passage has it, with the words that were added to the phrase or left out of it. */
  verbatim: string;
}

/**
 * The part of a passage that has most of the phrase, and at least half of it. `suspects` are places such as `keys.mdx:7`
 * with a finding of their own, where less is enough.
 */
export function nearestPassage(
  phrase: string,
  passages: readonly Passage[],
  suspects: ReadonlySet<string>,
): NearText | undefined {
  const wanted = phrase.split(' ');
  const placeOf = ({ file, locate }: Passage, index: number) => ({ file, line: locate(index).line });
  if (wanted.length === 1) {
    const places = new Map(
      passages.flatMap((passage) =>
        Array.from(passage.text.matchAll(/[\w$@#./:-]*[\w$]/g), ({ 0: text, index }) => [
          text,
          { ...placeOf(passage, index), text, verbatim: text },
        ]),
      ),
    );
    return places.get(nearestName(phrase, places.keys()) ?? '');
  }
  const half = phrase.replaceAll(' ', '').length / 2;
  let most = half;
  let nearest: (Omit<NearText, 'verbatim'> & { passage: Passage; start: number }) | undefined;
  for (const passage of passages) {
    const words = [...passage.text.matchAll(/\S*[^\s.,;:]/g)];
    for (let start = 0; start + wanted.length <= words.length; start++) {
      const part = words.slice(start, start + wanted.length);
      // Long words say more than short ones.
      const same = wanted.reduce((sum, word, place) => {
        const isNear = [place, place - 1, place + 1].some((each) => part[each]?.[0] === word);
        return sum + (isNear ? word.length : 0);
      }, 0);
      if (same === 0 || same + half < most) continue;
      const place = placeOf(passage, part[0]?.index ?? 0);
      const score = same + (suspects.has(`${place.file}:${place.line}`) ? half : 0);
      if (score < most || (nearest && score === most)) continue;
      most = score;
      nearest = { ...place, text: part.map(([word]) => word).join(' '), passage, start };
    }
  }
  if (!nearest) return undefined;
  const { passage, start, ...near } = nearest;
  return { ...near, verbatim: partLike(phrase, passage.text, start) };
}

/** How many words may have been added before or in a phrase. */
const WORDS_ADDED_MAX = 8;

/** The part of the text, near its word number `start`, that differs from the phrase in the fewest words. */
function partLike(phrase: string, text: string, start: number): string {
  const words = [...text.matchAll(/\S+/g)];
  // One character for each word, so that the distance of two texts counts words.
  const letters = new Map<string, string>();
  const letterOf = (word: string) => {
    const bare = word.replace(/[.,;:]+$/, '');
    if (!letters.has(bare)) letters.set(bare, String.fromCodePoint(0x4e00 + letters.size));
    return letters.get(bare) ?? '';
  };
  const [wanted, given] = [phrase.split(' ').map(letterOf), words.map(([word]) => letterOf(word))];
  const starts = Array.from({ length: 2 * WORDS_ADDED_MAX + 1 }, (_, index) => start + index - WORDS_ADDED_MAX);
  const parts = starts
    .filter((from) => from >= 0 && from < words.length)
    .flatMap((from) =>
      Array.from({ length: wanted.length + WORDS_ADDED_MAX }, (_, index) => ({ from, to: from + index + 1 })),
    )
    .filter(({ to }) => to <= words.length)
    .map((part) => ({
      ...part,
      words: distance(wanted.join(''), given.slice(part.from, part.to).join('')),
      longer: Math.abs(part.to - part.from - wanted.length),
    }));
  const [best] = parts.sort((a, b) => a.words - b.words || a.longer - b.longer || a.from - b.from);
  const [first, last] = [words[best?.from ?? 0], words[(best?.to ?? 1) - 1]];
  const end = (last?.index ?? 0) + (last?.[0].length ?? 0);
  const part = text.slice(first?.index ?? 0, end);
  return /[.,;:]$/.test(phrase) ? part : part.replace(/[.,;:]+$/, '');
}

/** A phrase of the ledger that has the quantity, and all words of the text beside it but one. */
export function changedPhrase(
  text: string,
  quantity: Quantity,
  phrases: readonly Phrase[],
): { phrase: Phrase; now: string; was: string; is: string } | undefined {
  for (const { phrase, own, words, now } of alignedPhrases(text, quantity, phrases)) {
    const changed = words.flatMap((was, place) => (was === now[place] ? [] : [{ was, is: now[place] ?? '' }]));
    const [only] = changed;
    // With fewer words in common, the phrase is about something else.
    if (
      own !== quantity.text ||
      only === undefined ||
      changed.length > 1 ||
      words.filter((word) => /\w/.test(word)).length < 3
    )
      continue;
    return { phrase, ...only, now: phrase.says.replace(only.was, only.is) };
  }
  return undefined;
}

/** The phrase that has other words like the text, but another quantity. */
export function phraseWithOtherQuantity(
  text: string,
  quantity: Quantity,
  phrases: readonly Phrase[],
): string | undefined {
  const same = alignedPhrases(text, quantity, phrases).filter(({ words, now }) =>
    words.every((word, place) => word === now[place]),
  );
  const most = Math.max(0, ...same.map(({ words }) => words.length));
  const nearest = same.filter(({ words }) => words.length === most);
  const own = nearestName(
    quantity.text,
    nearest.map((each) => each.own),
  );
  return nearest.find((each) => each.own === own)?.phrase.says;
}

/** For each quantity of each phrase: the words beside it, and the words of the text at the same distances. */
function alignedPhrases(text: string, { text: quantity, index }: Quantity, phrases: readonly Phrase[]) {
  const [textBefore, textAfter] = [wordsOf(text.slice(0, index)), wordsOf(text.slice(index + quantity.length))];
  return phrases.flatMap((phrase) =>
    quantitiesOf(phrase.says).map((own) => {
      const before = wordsOf(phrase.says.slice(0, own.index));
      const after = wordsOf(phrase.says.slice(own.index + own.text.length));
      const now = [...textBefore.slice(textBefore.length - before.length), ...textAfter.slice(0, after.length)];
      return { phrase, own: own.text, words: [...before, ...after], now };
    }),
  );
}

function wordsOf(text: string): string[] {
  return text.match(/\S*[^\s.,;:]|[.,;:]/g) ?? [];
}
