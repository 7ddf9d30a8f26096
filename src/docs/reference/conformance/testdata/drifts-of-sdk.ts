/** The SDK's source → copies with one changed field of a documented interface, or one changed function. */
import { readFile } from 'node:fs/promises';

export interface SdkDrift {
  what: string;
  kind: string;
  /** Changed texts by path. */
  edits: Map<string, string>;
  /** The finding that must be reported about this name, at these entries. */
  code: string;
  name: string;
  entries: string[];
}

type Kind = 'renamed' | 'retyped' | 'dropped' | 'flipped';

interface Face {
  file: string;
  name: string;
  noun: 'option' | 'field';
  entries: string[];
  /** Whether a change is visible to readers: a field that other results share may be missing from one of them. */
  kinds: Kind[];
}

const ALL: Kind[] = ['renamed', 'retyped', 'dropped', 'flipped'];
const SESSION = 'src/sdk/results/session-result.ts';
const RESPONSE = 'src/sdk/results/authentication-response.ts';
const MANAGEMENT = 'src/sdk/user-management.ts';
const LOAD = 'userManagement.loadSealedSession()';
const CODE = 'userManagement.authenticateWithCode()';
const AUTHENTICATE = 'session.authenticate()';
const REFRESH = 'session.refresh()';
const LOG_OUT = 'session.getLogOutUrl()';

/** The interfaces that the reference documents. */
export const FACES: Face[] = [
  { file: MANAGEMENT, name: 'LoadSealedSessionOptions', noun: 'option', entries: [LOAD], kinds: ALL },
  { file: MANAGEMENT, name: 'SealOptions', noun: 'option', entries: [CODE], kinds: ALL },
  { file: MANAGEMENT, name: 'AuthenticateOptions', noun: 'option', entries: [CODE], kinds: ALL },
  { file: MANAGEMENT, name: 'AuthenticateWithCodeOptions', noun: 'option', entries: [CODE], kinds: ALL },
  { file: SESSION, name: 'RefreshOptions', noun: 'option', entries: [REFRESH], kinds: ALL },
  { file: SESSION, name: 'LogOutUrlOptions', noun: 'option', entries: [LOG_OUT], kinds: ALL },
  {
    file: SESSION,
    name: 'SessionFacts',
    noun: 'field',
    entries: [AUTHENTICATE, REFRESH],
    kinds: ['retyped'],
  },
  {
    file: SESSION,
    name: 'AuthenticateSuccess',
    noun: 'field',
    entries: [AUTHENTICATE],
    kinds: ['renamed', 'retyped', 'dropped'],
  },
  { file: SESSION, name: 'AuthenticateFailure', noun: 'field', entries: [AUTHENTICATE], kinds: ['retyped'] },
  {
    file: SESSION,
    name: 'RefreshSuccess',
    noun: 'field',
    entries: [REFRESH],
    kinds: ['renamed', 'retyped', 'dropped'],
  },
  { file: SESSION, name: 'RefreshRetryableFailure', noun: 'field', entries: [REFRESH], kinds: ['retyped'] },
  { file: RESPONSE, name: 'AuthenticationResponse', noun: 'field', entries: [CODE], kinds: ALL },
  { file: RESPONSE, name: 'OauthTokens', noun: 'field', entries: [CODE], kinds: ALL },
  { file: RESPONSE, name: 'User', noun: 'field', entries: ['User'], kinds: ALL },
  { file: RESPONSE, name: 'Impersonator', noun: 'field', entries: ['Impersonator'], kinds: ALL },
];

/** Functions: a pattern in the source, its replacement, and the expected finding. */
const REPLACED: [file: string, from: RegExp, to: string, code: string, name: string, entry: string][] = [
  [
    MANAGEMENT,
    /\bloadSealedSession(?=\(opt)/,
    'openSealedSession',
    'entry-unknown',
    'loadSealedSession',
    LOAD,
  ],
  [
    MANAGEMENT,
    /\bauthenticateWithCode(?=\(opt)/,
    'signInWithCode',
    'entry-unknown',
    'authenticateWithCode',
    CODE,
  ],
  [
    MANAGEMENT,
    /(?<=Session\(options): (?=LoadSealedSessionOptions)/,
    '?: ',
    'optional-differs',
    'options',
    LOAD,
  ],
  [MANAGEMENT, /options: LoadSealedSessionOptions/, '', 'parameter-surplus', 'options', LOAD],
  [MANAGEMENT, /(?<=options: LoadSealedSessionOptions)/, ', at: Date', 'parameter-missing', 'at', LOAD],
  [MANAGEMENT, /(?<=options: )AuthenticateWithCodeOptions/, 'any', 'type-differs', 'options', CODE],
  [
    MANAGEMENT,
    /(?<=\): )SealedSession\b/,
    'SealedSession | undefined',
    'optional-differs',
    'anonymous',
    LOAD,
  ],
  [MANAGEMENT, /(?<=\): )SealedSession\b/, 'SealedSession | null', 'type-differs', 'anonymous', LOAD],
  [
    'src/sdk/client.ts',
    /\buserManagement(?=: UserManagement)/,
    'users',
    'entry-unknown',
    'userManagement',
    LOAD,
  ],
  ['src/sdk/client.ts', /(?<=class )WorkOS/, 'Client', 'entry-unknown', 'userManagement', LOAD],
  [SESSION, /\brefresh(?=<Claims)/, 'renew', 'entry-unknown', 'refresh', REFRESH],
  [SESSION, /\brefresh(?=<Claims)/, 'renew', 'field-surplus', 'refresh', LOAD],
  [SESSION, /\brefresh(?=<Claims)/, 'revoke(): void;\n  refresh', 'field-missing', 'revoke', LOAD],
  [SESSION, /\bgetLogOutUrl(?=\(options)/, 'getLogOutURI', 'entry-unknown', 'getLogOutUrl', LOG_OUT],
  [SESSION, /options\?(?=: RefreshOptions)/, 'options', 'optional-differs', 'options', REFRESH],
  [SESSION, /(?<=getLogOutUrl.*Promise<)string/, 'URL', 'type-differs', 'url', LOG_OUT],
  [SESSION, /(?<=getLogOutUrl.*Promise<)string/, 'string | null', 'type-differs', 'url', LOG_OUT],
  [SESSION, /(?<=getLogOutUrl.*Promise<)string/, 'string | undefined', 'optional-differs', 'url', LOG_OUT],
  [SESSION, /(?<=getLogoutUrl.*Promise<)string/, 'never', 'field-missing', 'getLogoutUrl', LOAD],
  [SESSION, /(?<=getLogoutUrl.*Promise<)string/, 'unknown', 'field-missing', 'getLogoutUrl', LOAD],
  [SESSION, /(?<=Promise<)AuthenticateResult<Claims>/, 'any', 'type-differs', 'anonymous', AUTHENTICATE],
  [
    SESSION,
    /(?<=Promise<)AuthenticateResult<Claims>/,
    'AuthenticateResult<Claims> | false',
    'type-differs',
    'anonymous',
    AUTHENTICATE,
  ],
  ['src/sdk/index.ts', /\bUser,/, '', 'entry-unknown', 'User', 'User'],
];

export async function driftsOfSdk(): Promise<SdkDrift[]> {
  const faces = await Promise.all(FACES.map(driftsOfFace));
  const replaced = REPLACED.map(async ([file, from, to, code, name, entry]): Promise<SdkDrift> => {
    const text = await readSource(file);
    if (!from.test(text))
      throw new Error(`Cannot plant a drift: ${from.source} is not in ${file}, expected it there`);
    const edits = new Map([[file, text.replace(from, () => to)]]);
    return { what: `/${from.source}/`, kind: `replaced by "${to}"`, edits, code, name, entries: [entry] };
  });
  return [...faces.flat(), ...(await Promise.all(replaced))];
}

/** Rotates the kinds of drift over the fields, and adds a field to each interface. */
async function driftsOfFace(face: Face): Promise<SdkDrift[]> {
  const { file, name, noun, entries, kinds } = face;
  const source = await readSource(file);
  const body = new RegExp(`(?<=^export interface ${name}\\b[^\\n]*\\{\\n)[\\s\\S]*?(?=^\\}$)`, 'm').exec(
    source,
  );
  if (!body) throw new Error(`Cannot plant a drift: ${file} has no interface ${name}, expected one`);
  const withBody = (text: string) =>
    new Map([[file, source.slice(0, body.index) + text + source.slice(body.index + body[0].length)]]);
  const fields = [...body[0].matchAll(/^ {2}(\w+)(\??): (.*);$/gm)];
  const added: SdkDrift = {
    what: name,
    kind: 'added to',
    edits: withBody(`${body[0]}  planted: string;\n`),
    code: `${noun}-missing`,
    name: 'planted',
    entries,
  };
  const drifts = fields.map(([line, field = '', mark = '', type = ''], index): SdkDrift => {
    const kind = kinds[index % kinds.length] ?? 'retyped';
    const [changed, code] = {
      renamed: [`  ${field}X${mark}: ${type};`, `${noun}-surplus`],
      retyped: [`  ${field}${mark}: symbol;`, 'type-differs'],
      dropped: ['', `${noun}-surplus`],
      flipped: [`  ${field}${mark ? '' : '?'}: ${type};`, 'optional-differs'],
    }[kind] as [string, string];
    return {
      what: `${name}.${field}`,
      kind,
      edits: withBody(body[0].replace(line, () => changed)),
      code,
      name: field,
      entries,
    };
  });
  return [...drifts, added];
}

function readSource(file: string): Promise<string> {
  return readFile(new URL(`../../../../../${file}`, import.meta.url), 'utf8');
}
