/** Command-line arguments → options and names, parsed strictly; and exit codes. */
import { parseArgs } from 'node:util';
import { type Finding, FindingsError } from './finding.ts';
import { nearestName } from './nearest.ts';
import { formatFindingsJson } from './report.ts';

/** An option with a value, or a flag. */
export interface OptionConfig {
  type: 'string' | 'boolean';
  short?: string;
}

type Values<Options extends Record<string, OptionConfig>> = {
  [Name in keyof Options]?: Options[Name]['type'] extends 'string' ? string : true;
};

/** Invalid arguments or options; the message names them, and is all that is printed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Astro prints a stack if there is one. */
  override readonly stack = '';
}

/**
 * Parses the arguments of `command`, such as `npm run pages`. Names are positional arguments, which only some commands
 * take. Throws a `UsageError` for an unknown option, a missing or unexpected value, or an unexpected name.
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

function asFinding(message: string): Finding {
  return { code: 'command-failed', file: '.', line: 1, message, fix: 'Correct it and run the command again.' };
}

/** Runs a command and sets the exit code: the result of `main`, 2 for a `UsageError`, or 1 for any other error. */
export async function runCommand(main: () => Promise<number> | number): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // A program that asked for data gets data, whatever happened.
    if (process.argv.includes('--json'))
      console.log(formatFindingsJson(error instanceof FindingsError ? error.findings : [asFinding(message)]));
    else console.error(message);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
