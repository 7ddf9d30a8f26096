/** A phrase that no passage has → where its neighbourhood is now, or which word of it has changed. */
import { nearestName } from '../findings/index.ts';
import type { Phrase } from './ledger.ts';
import type { Passage } from './passages.ts';
import type { Quantity } from './quantities.ts';

/** A part of a passage. */
export interface NearText {
  text: string;
  file: string;
  line: number;
}

/** The part of a passage that has most words of the phrase, and at least half of them. */
export function nearestPassage(phrase: string, passages: readonly Passage[]): NearText | undefined {
  const wanted = phrase.split(' ');
  if (wanted.length === 1) return nearestWord(phrase, passages);
  let most = Math.ceil(wanted.length / 2) - 1;
  let nearest: NearText | undefined;
  for (const { file, text, locate } of passages) {
    const words = [...text.matchAll(/\S*[^\s.,;:]/g)];
    for (let start = 0; start < words.length; start++) {
      const part = words.slice(start, start + wanted.length);
      const same = part.filter(([word]) => wanted.includes(word)).length;
      if (same <= most) continue;
      most = same;
      const index = part[0]?.index ?? 0;
      nearest = { file, line: locate(index).line, text: part.map(([word]) => word).join(' ') };
    }
  }
  return nearest;
}

function nearestWord(name: string, passages: readonly Passage[]): NearText | undefined {
  const places = new Map(
    passages.flatMap(({ file, text, locate }) =>
      Array.from(text.matchAll(/[\w$@#./:-]*[\w$]/g), ({ 0: word, index }) => [
        word,
        { file, line: locate(index).line, text: word },
      ]),
    ),
  );
  return places.get(nearestName(name, places.keys()) ?? '');
}

/** A phrase of the ledger with the same quantity, of whose other words the text has all but one. */
export function changedPhrase(
  text: string,
  { text: quantity, index }: Quantity,
  phrases: readonly Phrase[],
): { phrase: Phrase; now: string; was: string; is: string } | undefined {
  for (const phrase of phrases) {
    const at = phrase.says.indexOf(quantity);
    if (at === -1) continue;
    const before = wordsOf(phrase.says.slice(0, at));
    const after = wordsOf(phrase.says.slice(at + quantity.length));
    const beforeNow = before.length > 0 ? wordsOf(text.slice(0, index)).slice(-before.length) : [];
    const afterNow = wordsOf(text.slice(index + quantity.length)).slice(0, after.length);
    if (beforeNow.length < before.length || afterNow.length < after.length) continue;
    const now = [...beforeNow, ...afterNow];
    const changed = [...before, ...after].flatMap((was, place) =>
      was === now[place] ? [] : [{ was: was.trim(), is: now[place]?.trim() ?? '' }],
    );
    const [only] = changed;
    // With fewer common words, it is a phrase about something else.
    if (only === undefined || changed.length > 1 || now.length < 3) continue;
    return { phrase, ...only, now: `${beforeNow.join('')}${quantity}${afterNow.join('')}`.trim() };
  }
  return undefined;
}

/** Words, each with the spaces after it. */
function wordsOf(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}
