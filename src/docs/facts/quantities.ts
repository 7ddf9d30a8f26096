/** A passage → the quantities in it: numbers, units, and defaults, each of which has to come from somewhere. */

export interface Quantity {
  /** As written, such as `24 hours`. */
  text: string;
  index: number;
}

const UNITS: Readonly<Record<string, { of: string; factor: number }>> = {
  millisecond: { of: 'ms', factor: 1 },
  ms: { of: 'ms', factor: 1 },
  second: { of: 'ms', factor: 1_000 },
  minute: { of: 'ms', factor: 60_000 },
  hour: { of: 'ms', factor: 3_600_000 },
  day: { of: 'ms', factor: 86_400_000 },
  week: { of: 'ms', factor: 604_800_000 },
  year: { of: 'ms', factor: 31_536_000_000 },
  byte: { of: 'bytes', factor: 1 },
  kilobyte: { of: 'bytes', factor: 1_000 },
  kb: { of: 'bytes', factor: 1_000 },
  megabyte: { of: 'bytes', factor: 1_000_000 },
  mb: { of: 'bytes', factor: 1_000_000 },
  character: { of: 'characters', factor: 1 },
  digit: { of: 'digits', factor: 1 },
  bit: { of: 'bits', factor: 1 },
};

const WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  each: 1,
  two: 2,
  twice: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  twenty: 20,
  thirty: 30,
  sixty: 60,
  hundred: 100,
  thousand: 1_000,
  dozen: 12,
  million: 1_000_000,
  third: 1 / 3,
  quarter: 0.25,
  fifth: 0.2,
  tenth: 0.1,
  half: 0.5,
  'half a': 0.5,
  last: 1,
  sixth: 1 / 6,
  seventh: 1 / 7,
  eighth: 1 / 8,
  ninth: 1 / 9,
  twentieth: 1 / 20,
  hundredth: 1 / 100,
  thousandth: 1 / 1_000,
};

const UNIT = String.raw`(?:${Object.keys(UNITS).join('|')})s?(?![\w-])`;
/** `a third larger` is a part, and `a third request` is not one. */
const PARTS = 'half third quarter fifth sixth seventh eighth ninth tenth twentieth hundredth thousandth'.split(' ');
const LARGE = ['dozen', 'hundred', 'thousand', 'million'];
const COUNTS = Object.keys(WORDS).filter(
  (word) => !['a', 'an', 'one', 'each', 'last', 'half a', ...PARTS.slice(1)].includes(word),
);
/** What is counted in words. Other counts, such as "two tabs", are part of a story. */
const COUNTED =
  'times|calls|requests|attempts|retries|parts|cookies|chunks|methods|routes|codes|kinds|outcomes|reasons|iterations|grants|keys|users|bits|tools|options|steps|fields|tables|lines|files|libraries|functions|errors|runtimes|packages';
const TIMES = Object.keys(UNITS)
  .filter((unit) => unit.length > 2 && UNITS[unit]?.of === 'ms')
  .map((unit) => `${unit}s`)
  .join('|');
/** In this order: a default with its value, a figure, counting words, parts, a unit with "a", and units. */
const QUANTITY = new RegExp(
  [
    String.raw`\bdefaults?(?: to| is|:) (?:\`[^\`]*\`|[^\s()]*[^\s().,;:])|(?<=\()default [^\s()]+(?=\))`,
    String.raw`(?<![\w\`])[^\s()"'\`|]*\d(?:[^\s()"'\`;|]*[^\s()"'\`;|.,:!?])?(?: ${UNIT})?`,
    String.raw`(?<![\w-])(?:twice|one (?:API call|request))(?![\w-])`,
    String.raw`(?<![\w-])(?:half an?|${COUNTS.join('|')})(?![\w-])(?: ${UNIT}|(?: [\w'-]+)? (?:${COUNTED})(?![\w-]))`,
    String.raw`(?<![\w-])(?:(?:an?|several|many) )?(?:${LARGE.join('|')})s?(?![\w-])`,
    String.raw`(?<![\w-])(?:(?:an?|one|two|three) )?(?:${PARTS.join('|')})s?(?= (?:of|as|more|less|fewer|\w+er)(?![\w-])(?! than))`,
    String.raw`(?<![\w-])(?:an?|one|each|every|per|last) (?!second [a-z])${UNIT}`,
    String.raw`(?<![\w-])(?:${TIMES})(?![\w-])`,
  ].join('|'),
  'gi',
);

/** The quantities of a passage. Those between backticks are names, which must occur in code. */
export function quantitiesOf(text: string): Quantity[] {
  const prose = text.replaceAll(/`[^`]*`/g, (code) => `\`${' '.repeat(Math.max(0, code.length - 2))}\``);
  return [...prose.matchAll(QUANTITY)].map(({ 0: found, index }) => ({
    text: text.slice(index, index + found.length),
    index,
  }));
}

/** The number of a phrase in the smallest of its units, such as `24 hours` → 86,400,000 ms. */
export function measure(phrase: string): { value: number; of?: string } | undefined {
  const pattern = new RegExp(
    String.raw`(?<![\w-])(\d[\d,]*(?:\.\d+)?|half an?|${Object.keys(WORDS).join('|')})(?![\w.]*\d)(?:[ -](${UNIT}))?`,
    'gi',
  );
  const found = [...phrase.matchAll(pattern)];
  // "a" counts only before a unit, and figures before words.
  const [, number = '', unit] =
    found.find(([, , each]) => each !== undefined) ??
    found.find(([, each = '']) => /^\d/.test(each)) ??
    found.find(([, each = '']) => !/^(?:an?|each|last)$/i.test(each)) ??
    [];
  if (number === '') return undefined;
  const value = WORDS[number.toLowerCase().replace(/^half an$/, 'half a')] ?? Number(number.replaceAll(',', ''));
  const { of, factor = 1 } = unitCalled(unit ?? '') ?? {};
  return { value: value * factor, ...(of !== undefined && { of }) };
}

/** The unit that is called so, in the singular or the plural. */
export function unitCalled(name: string): { of: string; factor: number } | undefined {
  const key = name.toLowerCase();
  return UNITS[key] ?? UNITS[key.replace(/s$/, '')];
}

/** The unit that the name of a constant ends with: `FRESH_MS`, `timeoutSec`. */
export function unitOfName(name: string): { of: string; factor: number } | undefined {
  const [, end = ''] = /_?(MS|SEC|Ms|Sec|BYTES|CHARACTERS)(?:_MAX|_MIN|Max|Min)?$/.exec(name) ?? [];
  return { ms: UNITS['ms'], sec: UNITS['second'], bytes: UNITS['byte'], characters: UNITS['character'] }[
    end.toLowerCase()
  ];
}
