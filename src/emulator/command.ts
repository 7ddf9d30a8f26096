/** A command line → a running emulator, and printed instructions to use it. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';
import type { IssuedEnvironment } from './credentials/environment.ts';
import { EmulatorError } from './emulator-error.ts';
import { OPTIONS } from './reference.ts';
import { SESSIONS, type SessionName, SIGN_IN } from './seed.ts';
import { type RunningEmulator, startEmulator } from './server.ts';

/** The same at every start, so that the configuration of your code stays valid. */
const DEFAULT_PORT = 4010;
/** How many letters an unknown option may differ from a known one that is suggested. */
const TYPING_ERRORS_MAX = 3;

type OptionName = keyof typeof OPTIONS;
const OPTION_NAMES = Object.keys(OPTIONS).map((name) => `--${name}`);

/** The text of `--help`. */
export function describeHelp(program: string): string {
  const options = Object.entries(OPTIONS).map(([name, { value, meaning }]) => [
    value === undefined ? `--${name}` : `--${name} <${value}>`,
    meaning,
  ]);
  const width = Math.max(...options.map(([option = '']) => option.length));
  return [
    'Emulates the AuthKit API on this machine.',
    '',
    `  ${program} [options]`,
    '',
    ...options.map(([option = '', meaning]) => `  ${option.padEnd(width)}  ${meaning}`),
    '',
    `The sessions are ${Object.keys(SESSIONS).join(', ')}.`,
    'The users and keys are public: never trust its tokens anywhere else.',
    '',
  ].join('\n');
}

/** A parsed command line. */
interface Command {
  help: boolean;
  port: number;
  session: SessionName;
  sessionLifeSec: number;
  envFile: string | undefined;
}

/** Parses the command line. Throws a UsageError with the message to print. */
export function parseCommand(args: string[]): Command {
  const options = Object.fromEntries(
    Object.entries(OPTIONS).map(([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string' }]),
  ) as Record<OptionName, { type: 'boolean' | 'string' }>;
  const { tokens, values } = parseArgs({ args, options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new UsageError(`Cannot read "${token.value}": options begin with --`);
    }
    if (token.kind !== 'option' || Object.hasOwn(OPTIONS, token.name)) continue;
    throw unknown('option', token.rawName, OPTION_NAMES);
  }
  const session = values.session ?? 'signed-in';
  if (typeof session !== 'string') throw withoutValue('--session', 'a name');
  if (!Object.hasOwn(SESSIONS, session)) throw unknown('session', session, Object.keys(SESSIONS));
  const envFile = values['write-env'];
  if (envFile === true) throw withoutValue('--write-env', 'a file name');
  return {
    help: values.help === true,
    port: parsePort(values.port),
    session: session as SessionName,
    sessionLifeSec: parseLife(values['session-life']),
    envFile: envFile || undefined,
  };
}

class UsageError extends Error {}

function unknown(what: string, name: string, names: string[]): UsageError {
  const nearest = closest(name, names);
  const meant = distance(name, nearest) <= TYPING_ERRORS_MAX ? ` (nearest "${nearest}")` : '';
  return new UsageError(`Cannot read ${what} "${name}": no such ${what}, expected one of ${names.join(', ')}${meant}`);
}

function withoutValue(option: string, expected: string): UsageError {
  return new UsageError(`Cannot read ${option}: it has no value, expected ${expected}`);
}

const UNITS_SEC = { s: 1, m: 60, h: 3600, d: 86_400 };

function parseLife(text: string | boolean | undefined): number {
  if (text === undefined) return 7 * 86_400;
  if (typeof text !== 'string') throw withoutValue('--session-life', 'a time such as 7d');
  const [, amount, unit] = /^([1-9]\d{0,4})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return Number(amount) * UNITS_SEC[unit as keyof typeof UNITS_SEC];
  throw new UsageError(`Cannot read --session-life: it is "${text}", expected a time such as 30s, 5m, 8h or 7d`);
}

/** Writes the variables to a file of NAME=value lines; keeps all other lines. Throws a UsageError. */
export async function writeEnvFile(file: string, environment: IssuedEnvironment): Promise<void> {
  try {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const kept = text
      .split('\n')
      .filter((line) => !Object.hasOwn(environment, /^(?:export )?(\w+)=/.exec(line)?.[1] ?? ''));
    const former = kept.join('\n').replace(/\n*$/, '\n').replace(/^\n$/, '');
    const lines = Object.entries(environment).map(([name, value]) => `${name}='${value}'\n`);
    await writeFile(file, [former, ...lines].join(''));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`Cannot write --write-env "${file}": ${code}, expected a file that can be read and written`);
  }
}

function parsePort(text: string | boolean | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  if (typeof text !== 'string') throw withoutValue('--port', 'a number');
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`Cannot read --port: it is "${text}", expected a number from 0 to 65535`);
}

/** What is printed after the start. */
export function describeStart(url: string, environment: IssuedEnvironment): string {
  const width = Math.max(...Object.keys(SIGN_IN).map((name) => name.length));
  const signIn = Object.entries(SIGN_IN).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  const variables = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  return [
    `AuthKit emulator  ${url}`,
    '',
    'Sign in as',
    ...signIn,
    '',
    "Environment, for sh (PowerShell: $env:NAME = 'value')",
    ...variables,
    '',
    'Ctrl-C stops it.',
    '',
  ].join('\n');
}

async function run(args: string[], program: string): Promise<void> {
  const command = parseCommand(args);
  if (command.help) {
    process.stdout.write(describeHelp(program));
    return;
  }
  const emulator = await startEmulator({ port: command.port, sessionLifeSec: command.sessionLifeSec });
  closeOnSignal(emulator);
  const environment = await emulator.issueFixedEnvironment({ session: command.session });
  try {
    if (command.envFile !== undefined) await writeEnvFile(command.envFile, environment);
  } catch (error) {
    await emulator.close();
    throw error;
  }
  process.stdout.write(describeStart(emulator.url, environment));
}

function closeOnSignal(emulator: RunningEmulator): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
}

/** Runs the command line. Errors of usage and of the machine are printed as one sentence, with an exit code. */
export async function runCommand(args: string[], program: string): Promise<void> {
  try {
    await run(args, program);
  } catch (error) {
    if (error instanceof UsageError) process.stderr.write(`${error.message}\nTry --help.\n`);
    else if (error instanceof EmulatorError) process.stderr.write(`${error.message}\n`);
    else throw error;
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
