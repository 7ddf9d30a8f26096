/** `inspect`: a cookie on standard input → what `authenticate()` does with it, in words or as JSON. */
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ReadStream } from 'node:tty';
import { parseArgs } from 'node:util';
import { inspect, type Inspection, type InspectOptions, type KeySource } from '../sdk/inspect/index.ts';
import { describeInspection, withAddresses } from './inspection-text.ts';

const HELP = `Says what authenticate() does with a session cookie, what is wrong with it, and what to do.

  npx authkit-session-helpers inspect [options] < cookie.txt

Standard input is a sealed session, a Cookie header, Set-Cookie headers, or a copied curl command.

  --name <cookie>              the name of the session cookie (default wos-session)
  --jwks <file>                check the signature with the keys in this file
  --fetch-keys                 check the signature with the keys of the API
  --issuer <issuer>            the accepted issuer, as the option of the client
  --audience <audience>        the accepted audience, as the option of the client
  --clock-tolerance <seconds>  how much clocks may differ, as the option of the client (default 0)
  --json                       print JSON
  --show-secrets               print tokens, email addresses and your own claims too
  --help                       list the options

The password comes from WORKOS_COOKIE_PASSWORD: a password, or a JSON list or map of passwords. If it is not set, the
command asks for it on a terminal. It is never an argument. WORKOS_CLIENT_ID says which keys to fetch.

Exit code: 0 if nothing is wrong, 1 if something is, 2 if the command cannot be run. There is no request without --fetch-keys.
`;

const OPTIONS = {
  name: { type: 'string' },
  jwks: { type: 'string' },
  'fetch-keys': { type: 'boolean' },
  issuer: { type: 'string' },
  audience: { type: 'string' },
  'clock-tolerance': { type: 'string' },
  json: { type: 'boolean' },
  'show-secrets': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** A header of a browser has at most a few kilobytes, a copied request with its response some more. */
const INPUT_BYTES_MAX = 1_048_576;
/** In the input, there is something that a password opens. */
const SEAL = /Fe26\.2(?:\*|%2A)/i;

/** What the command needs of its surroundings. */
export interface Surroundings {
  environment: Readonly<Record<string, string | undefined>>;
  /** All of standard input. */
  readInput: () => Promise<string>;
  /** Asks for the password; undefined if there is no terminal. */
  askPassword: () => Promise<string | undefined>;
  write: (text: string) => void;
  /** Whether the output may have colours. */
  colours: boolean;
}

/** A message for the user, without a stack. */
class UsageError extends Error {}

/** Runs the command and returns its exit code. Throws a UsageError, or a SessionError for a wrong option. */
export async function inspectInput(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const values = parseOptions(args);
  const { environment, write, colours } = surroundings;
  if (values.help) {
    write(HELP);
    return 0;
  }
  const clientId = environment['WORKOS_CLIENT_ID'] || undefined;
  const keys = await readKeys(values.jwks, values['fetch-keys'], clientId);
  const text = await surroundings.readInput();
  const password = environment['WORKOS_COOKIE_PASSWORD'] || (SEAL.test(text) ? await surroundings.askPassword() : '');
  const tolerance = values['clock-tolerance'];
  const inspection = await inspect(text, {
    cookieName: values.name,
    cookiePassword: parsePasswords(password ?? ''),
    clientId,
    issuer: values.issuer,
    audience: values.audience,
    clockTolerance: tolerance === undefined ? undefined : Number(tolerance),
    keys,
    secrets: values['show-secrets'] ? 'shown' : 'hidden',
  });
  const addressed = withAddresses(inspection, readHomepage());
  write(values.json ? `${JSON.stringify(addressed, null, 2)}\n` : describeInspection(addressed, colours));
  return isFine(inspection) ? 0 : 1;
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    // Node names the option and what is wrong with it.
    throw new UsageError(`Cannot read the options: ${(error as Error).message}`);
  }
}

function isFine({ verdict, causes }: Inspection): boolean {
  return verdict.authenticated !== false && causes.every(({ severity }) => severity !== 'error');
}

async function readKeys(
  file: string | undefined,
  isFetched = false,
  clientId?: string,
): Promise<KeySource | undefined> {
  if (file !== undefined) {
    if (isFetched) throw new UsageError('Cannot read keys: --jwks and --fetch-keys are both set, expected one of them');
    return { title: file, jwks: await readKeyFile(file) };
  }
  if (!isFetched) return undefined;
  if (clientId === undefined)
    throw new UsageError('Cannot fetch keys: WORKOS_CLIENT_ID is not set, expected a client id');
  return 'api';
}

async function readKeyFile(file: string): Promise<Exclude<KeySource, string>['jwks']> {
  const refuse = (problem: string) =>
    new UsageError(`Cannot read --jwks "${file}": ${problem}, expected a file with a JSON Web Key Set`);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code ?? error.message);
  });
  try {
    const jwks = JSON.parse(text) as Exclude<KeySource, string>['jwks'];
    if (Array.isArray(jwks?.keys)) return jwks;
  } catch {
    throw refuse('it is not JSON');
  }
  throw refuse('it has no list "keys"');
}

/** A password, or a JSON list or map of them, as the option `cookiePassword` takes them. */
function parsePasswords(text: string): InspectOptions['cookiePassword'] {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as InspectOptions['cookiePassword'];
  } catch {
    // A password that begins with a bracket.
    return text;
  }
}

/** Where the pages are, once the package has an address. */
function readHomepage(): string {
  const { name, homepage } = createRequire(import.meta.url)('authkit-session-helpers/package.json') as {
    name: string;
    homepage?: string;
  };
  return name === 'authkit-session-helpers' && homepage !== undefined && URL.canParse(homepage)
    ? new URL(homepage).origin
    : '';
}

/** Asks a question without showing the answer. */
export function askHidden(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: true });
  lines.once('SIGINT', interrupt);
  output.write(question);
  return new Promise((resolve) => {
    let answer = '';
    lines.once('line', (line) => {
      answer = line;
      lines.close();
    });
    lines.once('close', () => {
      output.write('\n');
      resolve(answer);
    });
  });
}

/** Ctrl-C, which a terminal in raw mode does not turn into a signal. */
function interrupt(): void {
  process.kill(process.pid, 'SIGINT');
}

const QUESTION = 'Cookie password (not shown, Enter to skip): ';

/** Standard input may be the cookie, so the terminal is opened by its own name. */
async function askPassword(): Promise<string | undefined> {
  const terminal = openTerminal();
  if (!terminal) return undefined;
  try {
    return await askHidden(QUESTION, terminal, process.stderr);
  } finally {
    if (terminal !== process.stdin) terminal.destroy();
  }
}

function openTerminal(): ReadStream | undefined {
  if (process.stdin.isTTY) return process.stdin;
  try {
    return new ReadStream(openSync(process.platform === 'win32' ? '\\\\.\\CONIN$' : '/dev/tty', 'r'));
  } catch {
    // Started by a program.
    return undefined;
  }
}

async function readInput(): Promise<string> {
  return process.stdin.isTTY ? readPasted() : readPiped();
}

async function readPiped(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin as AsyncIterable<string>) {
    text += chunk;
    if (text.length > INPUT_BYTES_MAX)
      throw new UsageError(`Cannot read the input: it has more than ${INPUT_BYTES_MAX} characters, expected a cookie`);
  }
  return text;
}

/** Until an empty line. A terminal by itself would cut a line after 4,096 bytes or fewer. */
async function readPasted(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: true });
  lines.once('SIGINT', interrupt);
  process.stderr.write('Paste a cookie or a header, then press Enter twice:\n');
  const pasted: string[] = [];
  for await (const line of lines) {
    if (line.trim() === '' && pasted.length > 0) break;
    pasted.push(line);
  }
  lines.close();
  return pasted.join('\n');
}

/** Runs the command line. What is wrong with it is printed as one sentence. */
export async function runCommand(args: string[]): Promise<void> {
  try {
    process.exitCode = await inspectInput(args, {
      environment: process.env,
      readInput,
      askPassword,
      write: (text) => process.stdout.write(text),
      colours: process.stdout.isTTY && !process.env['NO_COLOR'],
    });
  } catch (error) {
    if (!(error instanceof UsageError) && !isSettingError(error)) throw error;
    process.stderr.write(`${(error as Error).message}\nTry --help.\n`);
    process.exitCode = 2;
  }
}

function isSettingError(error: unknown): boolean {
  return error instanceof Error && error.name === 'SessionError';
}
