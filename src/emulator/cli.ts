/** `npm run emulator`: a command line → a running emulator, and what a person needs to use it, printed. */
import { parseArgs } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';
import type { IssuedEnvironment } from './credentials/environment.ts';
import { EmulatorError } from './emulator-error.ts';
import { SESSIONS, type SessionName, SIGN_IN } from './seed.ts';
import { type RunningEmulator, startEmulator } from './server.ts';

/** The port unless another is asked for: the same every time, so that what was configured once stays good. */
const DEFAULT_PORT = 4010;
/** Letters an unknown option may differ in from the one that was probably meant. */
const TYPING_ERRORS_MAX = 3;

const OPTIONS = {
  port: { type: 'string' },
  session: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const HELP = `Imitates the AuthKit API on this machine.

  npm run emulator [-- --port ${DEFAULT_PORT}] [--session signed-in]

  --port <number>   where to listen on 127.0.0.1; 0 takes a free port (default ${DEFAULT_PORT})
  --session <name>  the session in the printed cookie (default signed-in):
                    ${Object.keys(SESSIONS).join(', ')}
  --help            shows this

What differs from the real API: src/emulator/DIFFERENCES.md
`;

/** What the command line asks for. */
interface Command {
  help: boolean;
  port: number;
  session: SessionName;
}

/** Reads the command line. Throws a UsageError whose message is the sentence to print. */
function parseCommand(args: string[]): Command {
  const { tokens, values } = parseArgs({ args, options: OPTIONS, strict: false, tokens: true });
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
  return { help: values.help === true, port: parsePort(values.port), session: session as SessionName };
}

const OPTION_NAMES = Object.keys(OPTIONS).map((name) => `--${name}`);

class UsageError extends Error {}

function unknown(what: string, name: string, names: string[]): UsageError {
  const nearest = closest(name, names);
  const meant = distance(name, nearest) <= TYPING_ERRORS_MAX ? ` (nearest "${nearest}")` : '';
  const wanted = `one of ${names.join(', ')} is wanted`;
  return new UsageError(`Cannot read ${what} "${name}": no such ${what}, ${wanted}${meant}`);
}

function withoutValue(option: string, wanted: string): UsageError {
  return new UsageError(`Cannot read ${option}: it has no value, ${wanted} is wanted`);
}

function parsePort(text: string | boolean | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  if (typeof text !== 'string') throw withoutValue('--port', 'a number');
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`Cannot read --port: it is "${text}", a number from 0 to 65535 is wanted`);
}

function describeStart(url: string, environment: IssuedEnvironment): string {
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

async function run(args: string[]): Promise<void> {
  const command = parseCommand(args);
  if (command.help) {
    process.stdout.write(HELP);
    return;
  }
  const emulator = await startEmulator({ port: command.port });
  closeOnSignal(emulator);
  const environment = await emulator.issueFixedEnvironment({ session: command.session });
  process.stdout.write(describeStart(emulator.url, environment));
}

function closeOnSignal(emulator: RunningEmulator): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\nTry --help.\n`);
  else if (error instanceof EmulatorError) process.stderr.write(`${error.message}\n`);
  else throw error;
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
