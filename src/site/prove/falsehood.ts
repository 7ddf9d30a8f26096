/** The texts of a project → falsehoods: changes that make it untrue, each with the check that has to say so. */

/** What can be untrue about a project. */
export type Area =
  | 'pages'
  | 'navigation'
  | 'links'
  | 'reference'
  | 'snippets'
  | 'outputs'
  | 'SDK signatures'
  | 'SDK behaviour'
  | 'emulator';

/**
 * `gate`: what the build asks of pages and programs. `programs`: programs run by the project's own command, against its
 * own package and emulator. `reference`: the metadata held against the package. `tests`: tests of the files named.
 */
export type CheckName = 'gate' | 'programs' | 'reference' | 'tests';

/** A way of making something untrue, and how it has to be found out. */
export interface Kind {
  area: Area;
  /** What is done, such as `an output says another word`. */
  name: string;
  /** Paths of the files it is done to. */
  files: RegExp;
  /** What is changed; each match is a candidate. */
  pattern: RegExp;
  /** The text put in place of a match, or undefined where the match will not do. */
  falsify: (match: RegExpExecArray, text: string) => string | undefined;
  check: CheckName;
  /** Codes of findings of which one has to be made; for `tests`, the files of which one has to fail. */
  expects: readonly string[];
  /** How many are made, spread evenly over the candidates. */
  take: number;
}

export interface Falsehood {
  kind: Kind;
  /** Path of the file, from the root. */
  file: string;
  line: number;
  was: string;
  becomes: string;
  /** The whole file, untrue. */
  text: string;
}

/**
 * Falsehoods of every kind, the same for the same texts. A kind that has fewer candidates than it takes gives those.
 */
export function makeFalsehoods(kinds: readonly Kind[], texts: ReadonlyMap<string, string>): Falsehood[] {
  return kinds.flatMap((kind) => spread(candidatesOf(kind, texts), kind.take));
}

function candidatesOf(kind: Kind, texts: ReadonlyMap<string, string>): Falsehood[] {
  return [...texts]
    .filter(([file]) => kind.files.test(file))
    .flatMap(([file, text]) =>
      [...text.matchAll(kind.pattern)].flatMap((match): Falsehood[] => {
        const becomes = kind.falsify(match, text);
        if (becomes === undefined || becomes === match[0]) return [];
        const before = text.slice(0, match.index);
        return [
          {
            kind,
            file,
            line: before.split('\n').length + (/^\n*/.exec(match[0])?.[0].length ?? 0),
            was: match[0],
            becomes,
            text: before + becomes + text.slice(match.index + match[0].length),
          },
        ];
      }),
    );
}

/** `take` of them at even distances; of one file none again while another has some. */
function spread(candidates: readonly Falsehood[], take: number): Falsehood[] {
  const files = [...Map.groupBy(candidates, ({ file }) => file).values()];
  const rounds = Math.max(0, ...files.map((of) => of.length));
  const inTurn = Array.from({ length: rounds }, (_, round) => files.flatMap((of) => of[round] ?? [])).flat();
  const pool = files.length >= take ? inTurn.slice(0, files.length) : inTurn;
  const count = Math.min(take, pool.length);
  return Array.from({ length: count }, (_, index) => pool[Math.floor((index * pool.length) / count)]).filter(
    (each) => each !== undefined,
  );
}
