/** The words behind `npm run snippets --` → what is asked for, or a sentence about what is wrong with them. */
import { parseArgs } from 'node:util';
import { nearestName } from '../findings/index.ts';
import { type Shard, parseShard } from './selection.ts';

const OPTIONS = {
  update: { type: 'boolean', short: 'u' },
  watch: { type: 'boolean', short: 'w' },
  uses: { type: 'boolean' },
  isolate: { type: 'boolean' },
  shuffle: { type: 'string' },
  shard: { type: 'string' },
  cache: { type: 'boolean' },
  'no-cache': { type: 'boolean' },
  json: { type: 'boolean' },
  report: { type: 'string' },
  junit: { type: 'string' },
  merge: { type: 'boolean' },
  root: { type: 'string' },
  content: { type: 'string' },
  snippets: { type: 'string' },
  import: { type: 'string' },
  emulator: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const HELP = `Usage: npm run snippets [-- names… options]

Reads, type-checks and runs the programs of snippets/, and compares what they print with their "// Output:".
Names are file names with or without ending; without any, all programs are verified.

  --update, -u      write the output of programs where it differs or is missing, then verify again
  --watch, -w       verify again what a change touches, until stopped
  --uses            list for each method of the package which programs call it
  --isolate         give every program a process of its own, as a reader would
  --shuffle [seed]  run in another order each time; the seed is printed, and repeats it
  --shard 1/3       verify the first of three shares only; twins stay together
  --no-cache        run what has not changed since it ran, too; so it is where CI is "true"
  --cache           recall what has not changed even there

  --json            print data instead of text
  --report <file>   write the same data to a file
  --junit <file>    write JUnit XML to a file
  --merge           names are reports of all shards: tell their findings, and what no shard can tell alone

  --root <folder>      another project, with a package.json and node_modules
  --content <folder>   its pages, "content" unless given
  --snippets <folder>  its programs, "snippets" unless given
  --import <package>   the package its programs import, its own unless given
  --emulator <module>  exports startEmulator(): { issueEnvironment(), close() }, for its programs to talk to

  --help, -h        print this

Exit code: 0 without findings, 1 with findings, 2 for a wrong option or name.`;

type Name = keyof typeof OPTIONS;

export interface Arguments {
  names: string[];
  flags: ReadonlySet<Name>;
  values: Partial<Record<Name, string>>;
  shard: Shard | undefined;
  seed: number | undefined;
}

/** Reads the words; `{ wrong }` is a sentence for whoever wrote them. */
export function readArguments(args: readonly string[]): Arguments | { wrong: string } {
  const { positionals: names, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const known = Object.entries(OPTIONS).flatMap(([name, option]) => [
    `--${name}`,
    ...('short' in option ? [`-${option.short}`] : []),
  ]);
  const refuse = (what: string) => ({ wrong: `Cannot verify snippets: ${what}` });
  const flags = new Set<Name>();
  const values: Arguments['values'] = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (!known.includes(token.rawName)) {
      const nearest = nearestName(token.rawName, known);
      return refuse(`there is no option "${token.rawName}"${nearest === undefined ? '' : ` (nearest "${nearest}")`}`);
    }
    const name = token.name as Name;
    const takesValue = OPTIONS[name].type === 'string';
    if (token.value !== undefined && !takesValue) return refuse(`"${token.rawName}" was given a value, none is wanted`);
    if (token.value === undefined && takesValue && name !== 'shuffle')
      return refuse(`"${token.rawName}" was given no value, one is wanted`);
    flags.add(name);
    if (token.value !== undefined) values[name] = token.value;
  }
  const shard = values.shard === undefined ? undefined : parseShard(values.shard);
  if (values.shard !== undefined && !shard)
    return refuse(`"--shard ${values.shard}" is no share, one such as 1/3 is wanted`);
  if (values.shuffle !== undefined && !/^\d{1,9}$/.test(values.shuffle))
    return refuse(`"--shuffle ${values.shuffle}" is no seed, a number of at most nine digits is wanted`);
  const seed = flags.has('shuffle') ? Number(values.shuffle ?? Date.now() % 1_000_000_000) : undefined;
  return { names, flags, values, shard, seed };
}
