/** The words behind a command → its options and names, read strictly; and how a command ends. */
import { parseArgs } from 'node:util';
import { nearestName } from './nearest.ts';

/** An option with a value, or a flag. */
export interface OptionConfig {
  type: 'string' | 'boolean';
  short?: string;
}

type Values<Options extends Record<string, OptionConfig>> = {
  [Name in keyof Options]?: Options[Name]['type'] extends 'string' ? string : true;
};

/** The words of a command are wrong; the message says which. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the words behind `command`, such as `npm run pages`. Names are what is no option; only commands that take
 * them get any. Throws a `UsageError` for an option there is not, a missing or needless value, or a needless name.
 */
export function readCommandLine<const Options extends Record<string, OptionConfig>>(
  command: string,
  options: Options,
  { args = process.argv.slice(2), names: takes = 'none' }: { args?: readonly string[]; names?: 'any' | 'none' } = {},
): { values: Values<Options>; names: string[] } {
  const { positionals, tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const refuse = (what: string) =>
    new UsageError(`Cannot run ${command}: ${what}\n${command} -- --help lists the options.`);
  const known = Object.entries(options).flatMap(([name, { short }]) => [
    `--${name}`,
    ...(short === undefined ? [] : [`-${short}`]),
  ]);
  const values: Record<string, string | true> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { rawName, name, value } = token;
    if (!known.includes(rawName)) {
      const nearest = nearestName(rawName, known);
      throw refuse(`there is no option "${rawName}"${nearest === undefined ? '' : ` (nearest "${nearest}")`}`);
    }
    const takesValue = options[name]?.type === 'string';
    if (takesValue && value === undefined) throw refuse(`"${rawName}" must have a value`);
    if (!takesValue && value !== undefined) throw refuse(`"${rawName}" takes no value, found "${value}"`);
    values[name] = value ?? true;
  }
  const [name] = positionals;
  if (takes === 'none' && name !== undefined) throw refuse(`it takes no names, found "${name}"`);
  return { values: values as Values<Options>, names: positionals };
}

/** Runs a command; its exit code is what `main` returns, 2 for wrong words and 1 for any other error. */
export async function runCommand(main: () => Promise<number> | number): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
