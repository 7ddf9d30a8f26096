/** The files of a project → falsehoods: changes that make it wrong, each with the check that must detect it. */

/** The part of the project that a falsehood is in. */
export type Area =
  | 'pages'
  | 'navigation'
  | 'links'
  | 'facts'
  | 'reference'
  | 'snippets'
  | 'outputs'
  | 'SDK signatures'
  | 'SDK behaviour'
  | 'emulator';

/**
 * `gate`: the checks of the build. `facts`: those of numbers, names and titles, without running a snippet. `programs`: snippets run by the copy's own command, with its own package and
 * emulator. `reference`: metadata compared with the package. `tests`: test files.
 */
export type CheckName = 'gate' | 'facts' | 'programs' | 'reference' | 'tests';

/** A kind of falsehood, and how it must be detected. */
export interface Kind {
  area: Area;
  /** What is wrong, such as `an output has another word`. */
  name: string;
  /** Paths of the files to change. */
  files: RegExp;
  /** What to change; each match is a candidate. */
  pattern: RegExp;
  /** Returns the replacement of a match, or undefined to skip the match. */
  falsify: (match: RegExpExecArray, text: string) => string | undefined;
  check: CheckName;
  /** Codes of findings; one of them must be reported. For `tests`, test files; one of them must fail. */
  expects: readonly string[];
  /** How many to plant, spread evenly over the candidates. */
  take: number;
}

export interface Falsehood {
  kind: Kind;
  /** Path of the file, relative to the root. */
  file: string;
  line: number;
  was: string;
  becomes: string;
  /** The whole changed file. */
  text: string;
}

/**
 * Falsehoods of every kind, deterministic for the same files. A kind with fewer candidates than `take` uses all.
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

/** Picks `take` candidates at even distances, from as many files as possible. */
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
