/** A phrase that no passage has → where its neighbourhood is now, and a passage → the phrase that was meant. */
import { nearestName } from '../findings/index.ts';
import type { Phrase } from './ledger.ts';
import type { Passage } from './passages.ts';
import { type Quantity, quantitiesOf } from './quantities.ts';

/** A part of a passage. */
export interface NearText {
  text: string;
  file: string;
  line: number;
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
          { ...placeOf(passage, index), text },
        ]),
      ),
    );
    return places.get(nearestName(phrase, places.keys()) ?? '');
  }
  const half = phrase.replaceAll(' ', '').length / 2;
  let most = half;
  let nearest: NearText | undefined;
  for (const passage of passages) {
    const words = [...passage.text.matchAll(/\S*[^\s.,;:]/g)];
    for (let start = 0; start + wanted.length <= words.length; start++) {
      const part = words.slice(start, start + wanted.length);
      // Long words say more than short ones.
      const same = wanted.reduce((sum, word, place) => sum + (part[place]?.[0] === word ? word.length : 0), 0);
      if (same === 0 || same + half < most) continue;
      const place = placeOf(passage, part[0]?.index ?? 0);
      const score = same + (suspects.has(`${place.file}:${place.line}`) ? half : 0);
      if (score < most || (nearest && score === most)) continue;
      most = score;
      nearest = { ...place, text: part.map(([word]) => word).join(' ') };
    }
  }
  return nearest;
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
