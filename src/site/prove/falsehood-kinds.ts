/** The kinds of falsehoods to plant in this project. To add a kind, add a row. */
import type { Falsehood, Kind } from './falsehood.ts';

const PAGES = /^content\/.*\.mdx$/;
const NAVIGATION = /^content\/navigation\.yaml$/;
const REFERENCE_PAGES = /^content\/reference\/.*\.mdx$/;
const PROGRAMS = {
  ts: /^snippets\/.*\.ts$/,
  rb: /^snippets\/session.*\.rb$/,
  py: /^snippets\/session.*\.py$/,
} as const;
const SDK = /^src\/sdk\/(?:user-management|settings|results\/[\w-]+)\.ts$/;
const SESSION = /^src\/sdk\/session\.ts$/;
const SESSION_TESTS = ['src/sdk/session.test.ts'];

/** Adds a letter to the end of the match. */
const misspell = ([was]: RegExpExecArray) => `${was}x`;
const remove = () => '';
/** Skips matches in code fences, which show examples of pages. */
const outsideFences =
  (falsify: (match: RegExpExecArray) => string) =>
  (match: RegExpExecArray, text: string): string | undefined =>
    [...text.slice(0, match.index).matchAll(/^```/gm)].length % 2 === 1 ? undefined : falsify(match);
const inFrontmatter = ({ index }: RegExpExecArray, text: string) => index < text.indexOf('\n---', 3);
/** The language of a row of metadata. */
const languageAt = ({ index }: RegExpExecArray, text: string) =>
  [...text.slice(0, index).matchAll(/^  (\w+):$/gm)].at(-1)?.[1];

type Row = Omit<Kind, 'area'>;

const links: Row[] = [
  {
    name: 'a link leads to a missing page',
    files: PAGES,
    pattern: /\]\(\/[\w/-]+(?=[)#])/g,
    falsify: misspell,
    check: 'gate',
    expects: ['link-dead'],
    take: 3,
  },
  {
    name: 'a link leads to a missing anchor',
    files: PAGES,
    pattern: /\]\([\w/-]*#[\w-]+(?=\))/g,
    falsify: misspell,
    check: 'gate',
    expects: ['anchor-dead'],
    take: 3,
  },
  {
    name: 'a link leads to an unknown error code',
    files: PAGES,
    pattern: /\/errors#\w+(?=\))/g,
    falsify: () => '/errors#no_such_code',
    check: 'gate',
    expects: ['anchor-dead'],
    take: 2,
  },
  {
    name: 'the url of an entry is wrong',
    files: PAGES,
    pattern: /^ +url: \/[\w/-]+/gm,
    falsify: misspell,
    check: 'gate',
    expects: ['link-dead'],
    take: 2,
  },
  {
    name: 'a linked heading is renamed',
    files: PAGES,
    pattern: /^## The keys are public/gm,
    falsify: () => '## Keys',
    check: 'gate',
    expects: ['anchor-dead'],
    take: 1,
  },
];

/** A sentence of a page's text, from its capital on. */
const IN_SENTENCE = String.raw`(?<=^[A-Z*][^\n|<]*)`;
const DOCUMENTS = /^(?:README|CONTRIBUTING|SECURITY)\.md$/;
/** `24` → `48`. */
const double = ([was]: RegExpExecArray) => (2 * Number(was.replaceAll(',', ''))).toLocaleString('en-US');

const facts: Row[] = [
  {
    name: 'a number with a unit is twice as large',
    files: PAGES,
    pattern: new RegExp(`${IN_SENTENCE}(?<![\\w.,])\\d[\\d,]*(?= (?:seconds|minutes|hours|bytes|characters)\\b)`, 'gm'),
    falsify: double,
    check: 'facts',
    expects: ['quantity-unbound'],
    take: 8,
  },
  {
    name: 'a time has another unit',
    files: PAGES,
    pattern: new RegExp(`${IN_SENTENCE}(?<=\\d )(?:seconds|minutes)`, 'gm'),
    falsify: ([was]) => (was === 'seconds' ? 'minutes' : 'hours'),
    check: 'facts',
    expects: ['quantity-unbound'],
    take: 5,
  },
  {
    name: 'a default is another number',
    files: PAGES,
    pattern: /(?<=^ +\w+: .*\bDefaults to )\d[\d,]*/gm,
    falsify: ([was]) => `${Number(was.replaceAll(',', '')) + 7}`,
    check: 'facts',
    expects: ['quantity-unbound'],
    take: 5,
  },
  {
    name: 'a default is another variable',
    files: PAGES,
    pattern: /(?<=\bDefaults to `WORKOS_)\w+/g,
    falsify: ([was]) => (was === 'API_KEY' ? 'CLIENT_ID' : 'API_KEY'),
    check: 'facts',
    expects: ['quantity-unbound'],
    take: 4,
  },
  {
    name: 'a name in the text is misspelt',
    files: PAGES,
    pattern: new RegExp(`${IN_SENTENCE}(?<=\`)[a-z]\\w{5,}(?=\`)`, 'gm'),
    falsify: misspell,
    check: 'facts',
    expects: ['name-unknown', 'link-misleads'],
    take: 12,
  },
  {
    name: 'a route has another method',
    files: PAGES,
    pattern: /(?<=`)(?:GET|POST)(?= \/)/g,
    falsify: () => 'PATCH',
    check: 'facts',
    expects: ['name-unknown'],
    take: 4,
  },
  {
    name: 'a code leads to another code',
    files: PAGES,
    pattern: /(?<=\[`(\w+)`\]\([^)]*\/errors#)\w+(?=\))/g,
    falsify: ([was]) => (was === 'invalid_jwt' ? 'invalid_grant' : 'invalid_jwt'),
    check: 'facts',
    expects: ['link-misleads'],
    take: 4,
  },
  {
    name: 'a link named like a page leads to another',
    files: PAGES,
    pattern: /(?<=\[(?:Sign out|Protect routes|Large cookies|Errors|Seal format)\]\()\/[\w/-]+(?=\))/g,
    falsify: () => '/quickstart',
    check: 'facts',
    expects: ['link-misleads'],
    take: 4,
  },
  {
    name: 'a tab shows the program of another framework',
    files: PAGES,
    pattern: /(?<=title="(?:Express|Fastify|Hono)" file=")[\w-]+/g,
    falsify: () => 'guide-protect-node-http',
    check: 'facts',
    expects: ['tab-title-differs'],
    take: 2,
  },
  {
    name: 'an entry is titled like a method of something else',
    files: PAGES,
    pattern: /(?<=^ {6}title: )(?:user_management|UserManagement)(?=\.)/gm,
    falsify: () => 'session',
    check: 'facts',
    expects: ['entry-title-differs'],
    take: 3,
  },
  {
    name: 'a command does not exist',
    files: DOCUMENTS,
    pattern: /(?<=`npm run )[\w:-]+/g,
    falsify: misspell,
    check: 'facts',
    expects: ['name-unknown'],
    take: 4,
  },
  {
    name: 'a file does not exist',
    files: DOCUMENTS,
    pattern: /(?<=`)src\/[\w/-]+\.ts(?=`)/g,
    falsify: misspell,
    check: 'facts',
    expects: ['name-unknown'],
    take: 4,
  },
  {
    name: 'a version is another',
    files: /^README\.md$/,
    pattern: /(?<=Node )20\.20/g,
    falsify: () => '18.20',
    check: 'facts',
    expects: ['quantity-unbound'],
    take: 2,
  },
  {
    name: 'a default in a doc comment is another',
    files: SDK,
    pattern: /(?<=^ +(?:\/\*)?\*.*\bDefaults to )\d[\d,]*/gm,
    falsify: double,
    check: 'facts',
    expects: ['quantity-unbound'],
    take: 3,
  },
  {
    name: 'a constant that a page states is twice as large',
    files: /^src\/(?:sdk|emulator)\/.*\.ts$/,
    pattern:
      /(?<=^(?:export )?const (?:FRESH|KEPT|WINDOW|TIMEOUT|BUDGET|STORE_TIMEOUT|HANG|REPLAY_WINDOW)_MS(?:_MAX)? = )\d/gm,
    falsify: ([was]) => `2 * ${was}`,
    check: 'facts',
    expects: ['quantity-differs'],
    take: 99,
  },
  {
    name: 'a size that a page states is twice as large',
    files: /^src\/sdk\/.*\.ts$/,
    pattern:
      /(?<=^(?:export )?const (?:PASSWORD_CHARACTERS_MIN|COOKIE_BYTES_MAX|SAFE_COOKIE_BYTES|CHUNKS_MAX|REFRESH_BEFORE_SEC|LIFETIME_SEC|RETRIES|RETRIES_MAX) = )\d/gm,
    falsify: ([was]) => `2 * ${was}`,
    check: 'facts',
    expects: ['quantity-differs'],
    take: 99,
  },
];

const navigation: Row[] = [
  {
    name: 'a page is not listed',
    files: NAVIGATION,
    pattern: /^ +- \/.*\n/gm,
    falsify: remove,
    check: 'gate',
    expects: ['page-unlisted'],
    take: 3,
  },
  {
    name: 'a missing page is listed',
    files: NAVIGATION,
    pattern: /^ +- \/.*$/gm,
    falsify: misspell,
    check: 'gate',
    expects: ['navigation-absent'],
    take: 2,
  },
  {
    name: 'a page is listed twice',
    files: NAVIGATION,
    pattern: /^ +- \/.*\n/gm,
    falsify: ([was]) => was + was,
    check: 'gate',
    expects: ['navigation-repeated'],
    take: 2,
  },
];

const pages: Row[] = [
  {
    name: 'a diagram names a participant that it does not declare',
    files: PAGES,
    pattern: /(?<=^ +\w+-?->>)\w+(?=: )/gm,
    falsify: misspell,
    check: 'gate',
    expects: ['diagram-participant'],
    take: 2,
  },
  {
    name: 'a block names a missing snippet',
    files: PAGES,
    pattern: /(?<=<CodeBlock\b[^>]*\bfile=")[\w-]+/g,
    falsify: outsideFences(misspell),
    check: 'gate',
    expects: ['snippet-unknown'],
    take: 2,
  },
  {
    name: 'a block names a missing entry',
    files: PAGES,
    pattern: /(?<=<CodeBlock\b[^>]*\breferenceId=")\w+/g,
    falsify: outsideFences(misspell),
    check: 'gate',
    expects: ['entry-unknown'],
    take: 2,
  },
  {
    name: 'a block shows nothing',
    files: PAGES,
    pattern: /<CodeBlock\b[^>]*\/>/g,
    falsify: outsideFences(() => '<CodeBlock title="Nothing" />'),
    check: 'gate',
    expects: ['code-block-empty'],
    take: 1,
  },
  {
    name: 'a block is not closed',
    files: PAGES,
    pattern: /<CodeBlock\b[^>]*\/>/g,
    falsify: ([was]) => was.replace('/>', '>'),
    check: 'gate',
    expects: ['mdx-syntax'],
    take: 1,
  },
  {
    name: 'no page shows a snippet',
    files: PAGES,
    pattern: /<CodeBlock title="[^"]*" file="guide-[^>]*\/>/g,
    falsify: outsideFences(remove),
    check: 'gate',
    expects: ['snippet-unshown'],
    take: 2,
  },
  {
    name: 'a page uses an unknown component',
    files: PAGES,
    pattern: /<CodeBlock(?= title)/g,
    falsify: outsideFences(misspell),
    check: 'gate',
    expects: ['component-unknown'],
    take: 1,
  },
  {
    name: 'a page uses an unknown list of error codes',
    files: PAGES,
    pattern: /(?<=<ErrorCatalogue appears=")\w+/g,
    falsify: misspell,
    check: 'gate',
    expects: ['catalogue-list-unknown'],
    take: 1,
  },
  {
    name: 'a snippet lacks a language of its entry',
    // Entries of other pages are in one language.
    files: /\/(?:authenticate|get-logout-url|load-sealed-session|refresh)\.mdx$/,
    pattern: /(?<=<CodeBlock referenceId="\w+"[^>]*\bfile=")[\w-]+/g,
    falsify: outsideFences(() => 'guide-sign-out'),
    check: 'gate',
    expects: ['language-without-program'],
    take: 2,
  },
  {
    name: 'a snippet has a language that its entry lacks',
    files: REFERENCE_PAGES,
    pattern: /^  (?:ruby|python):$/gm,
    falsify: ([was]) => was.replace(':', 'x:'),
    check: 'gate',
    expects: ['language-undocumented'],
    take: 2,
  },
];

const inJs = (match: RegExpExecArray, text: string) => languageAt(match, text) === 'js' && inFrontmatter(match, text);
const inOthers = (match: RegExpExecArray, text: string) =>
  ['ruby', 'python'].includes(languageAt(match, text) ?? '') && inFrontmatter(match, text);
/** Adds a line of the same indentation below the key of a row. */
const withLine = ([was]: RegExpExecArray, line: string) => `${was}${/^ */.exec(was)?.[0]}  ${line}\n`;
/** Adds a list to an entry that leaves it out. */
const withList = ([was]: RegExpExecArray, list: string) => `${was}      ${list}\n`;

const reference: Row[] = [
  {
    name: 'a field has another name',
    files: REFERENCE_PAGES,
    pattern: /^ {8,}- key: \w+(?=\n +description:)/gm,
    falsify: (match, text) => (inJs(match, text) ? misspell(match) : undefined),
    check: 'reference',
    expects: ['field-surplus', 'option-surplus', 'parameter-surplus'],
    take: 3,
  },
  {
    name: 'a field is missing',
    files: REFERENCE_PAGES,
    pattern: /^ {8}- key: \w+\n {10}description: .*\n/gm,
    falsify: (match, text) => (inJs(match, text) ? '' : undefined),
    check: 'reference',
    expects: ['field-missing', 'option-missing', 'parameter-missing'],
    take: 3,
  },
  {
    name: 'a field has another type',
    files: REFERENCE_PAGES,
    pattern: /^ {8,}type: string$/gm,
    falsify: (match, text) => (inJs(match, text) ? match[0].replace('string', 'number') : undefined),
    check: 'reference',
    expects: ['type-differs'],
    take: 2,
  },
  {
    name: 'a wrong type is added to a field',
    files: REFERENCE_PAGES,
    pattern: /^ {8,}- key: (?:roles|cookiePassword|authenticated|expiresAt)\n/gm,
    falsify: (match, text) => (inJs(match, text) ? withLine(match, "type: 'symbol[]'") : undefined),
    check: 'reference',
    expects: ['type-differs'],
    take: 3,
  },
  {
    name: 'an optional field is documented as required',
    files: REFERENCE_PAGES,
    pattern: /^ {8,}- key: (?:organizationId|retryAfter|clientId)\n(?= +description)/gm,
    falsify: (match, text) => (inJs(match, text) ? withLine(match, 'optional: false') : undefined),
    check: 'reference',
    expects: ['optional-differs'],
    take: 2,
  },
  {
    name: 'a required field is documented as optional',
    files: REFERENCE_PAGES,
    pattern: /^ {8,}- key: (?:sessionData|authenticated|email)\n/gm,
    falsify: (match, text) => (inJs(match, text) ? withLine(match, 'optional: true') : undefined),
    check: 'reference',
    expects: ['optional-differs'],
    take: 3,
  },
  {
    name: 'a method has another name',
    files: REFERENCE_PAGES,
    pattern: /^    - key: \w+\n      id: \w+\n(?:      (?:url|type): .*\n)*      title: .*\(\)$/gm,
    falsify: (match, text) => (languageAt(match, text) === 'js' ? match[0].replace(/key: \w+/, '$&x') : undefined),
    check: 'reference',
    expects: ['entry-unknown', 'title-differs'],
    take: 2,
  },
  {
    name: 'a method has no entry',
    files: REFERENCE_PAGES,
    pattern: /^    - key: \w+\n      id: \w+\n      url: .*\n      title: \w+\.\w+\(\)\n(?: {6,}.*\n)+/gm,
    falsify: (match, text) => (languageAt(match, text) === 'js' ? '' : undefined),
    check: 'reference',
    expects: ['entry-missing'],
    take: 3,
  },
  {
    name: 'a description refers to an unknown path',
    files: REFERENCE_PAGES,
    pattern: /description: \(\w+\.\w+(?=\))/g,
    falsify: misspell,
    check: 'gate',
    expects: ['description-unresolved'],
    take: 2,
  },
  {
    name: 'the metadata is invalid YAML',
    files: REFERENCE_PAGES,
    pattern: /^reference:$/gm,
    falsify: () => 'reference: [',
    check: 'gate',
    expects: ['frontmatter-yaml'],
    take: 1,
  },
  {
    name: 'a Ruby or Python row has another name',
    files: REFERENCE_PAGES,
    pattern: /^ {8,}- key: (?:session_data|cookie_password|sealed_session|get_logout_url|refresh)$/gm,
    falsify: (match, text) => (inOthers(match, text) ? misspell(match) : undefined),
    check: 'gate',
    expects: ['option-surplus', 'field-surplus'],
    take: 3,
  },
  {
    name: 'a Ruby or Python row has another type',
    files: REFERENCE_PAGES,
    pattern: /^ {8,}type: (?:string|function)$/gm,
    falsify: (match, text) => (inOthers(match, text) ? match[0].replace(/string|function/, 'Integer') : undefined),
    check: 'gate',
    expects: ['type-differs'],
    take: 3,
  },
  {
    name: 'a Ruby or Python row is documented as optional',
    files: REFERENCE_PAGES,
    pattern: /^ {8,}- key: (?:session_data|cookie_password|sealed_session|authenticate)\n/gm,
    falsify: (match, text) => (inOthers(match, text) ? withLine(match, 'optional: true') : undefined),
    check: 'gate',
    expects: ['optional-differs'],
    take: 3,
  },
  {
    name: 'a Ruby or Python row is missing',
    files: REFERENCE_PAGES,
    pattern: /^ {12}- key: \w+\n(?: {14}.*\n)+/gm,
    falsify: (match, text) => (inOthers(match, text) ? '' : undefined),
    check: 'gate',
    expects: ['option-missing', 'field-missing'],
    take: 3,
  },
  {
    name: 'a Ruby or Python entry lists wrong rows',
    files: REFERENCE_PAGES,
    pattern: /^      title: \w+\.\w+(?:\(\))?\n(?=    - key|  \w|---)/gm,
    falsify: (match, text) =>
      inOthers(match, text) ? withList(match, 'parameters: [{ key: planted, type: String }]') : undefined,
    check: 'gate',
    expects: ['option-surplus'],
    take: 3,
  },
  {
    name: 'a Ruby or Python entry has another name',
    files: REFERENCE_PAGES,
    pattern: /^    - key: [a-z_]+$/gm,
    falsify: (match, text) => (inOthers(match, text) ? misspell(match) : undefined),
    check: 'gate',
    expects: ['entry-unknown'],
    take: 3,
  },
  {
    name: 'a Ruby or Python entry leaves out an unknown name',
    files: REFERENCE_PAGES,
    pattern: /^      leftOut: \[ ?\w+/gm,
    falsify: (match, text) => (inOthers(match, text) ? misspell(match) : undefined),
    check: 'gate',
    expects: ['left-out-unknown'],
    take: 3,
  },
];

const snippets: Row[] = [
  {
    name: 'a TypeScript snippet calls an unknown method',
    files: PROGRAMS.ts,
    pattern: /\.(?:authenticate|refresh|getLogOutUrl)(?=\()/g,
    falsify: misspell,
    check: 'gate',
    expects: ['type-error'],
    take: 3,
  },
  {
    name: 'a TypeScript snippet imports an undeclared package',
    files: PROGRAMS.ts,
    pattern: /^import \{ WorkOS \}.*\n/gm,
    falsify: ([was]) => `import 'zod';\n${was}`,
    check: 'gate',
    expects: ['import-foreign'],
    take: 1,
  },
  {
    name: 'a Ruby snippet calls an unknown method',
    files: PROGRAMS.rb,
    pattern: /(?<=session)\.(?:authenticate|refresh|get_logout_url)\b/g,
    falsify: misspell,
    check: 'gate',
    expects: ['run-throws'],
    take: 2,
  },
  {
    name: 'a Python snippet calls an unknown method',
    files: PROGRAMS.py,
    pattern: /(?<=session)\.(?:authenticate|refresh|get_logout_url)(?=\()/g,
    falsify: misspell,
    check: 'gate',
    expects: ['run-throws'],
    take: 2,
  },
  {
    name: 'a snippet has the directive @norun',
    files: /^snippets\/session.*\.(?:ts|py)$/,
    pattern: /^(\/\/|#) #region setup/gm,
    falsify: ([was, mark]) => `${mark} @norun\n${was}`,
    check: 'gate',
    expects: ['directive-unknown'],
    take: 2,
  },
  {
    name: 'a snippet does not close a region',
    files: PROGRAMS.ts,
    pattern: /^\/\/ #endregion\n/gm,
    falsify: remove,
    check: 'gate',
    expects: ['region-unclosed'],
    take: 1,
  },
  {
    name: 'a snippet does not end',
    files: PROGRAMS.ts,
    pattern: /^\/\/ Output:/gm,
    falsify: ([was]) => `await new Promise(() => {});\n\n${was}`,
    check: 'gate',
    expects: ['run-stuck'],
    take: 1,
  },
  {
    name: 'a snippet prints a secret',
    files: PROGRAMS.ts,
    pattern: /^\/\/ Output:/gm,
    falsify: ([was]) => `console.log(process.env.WORKOS_API_KEY);\n\n${was}`,
    check: 'gate',
    expects: ['output-secret'],
    take: 1,
  },
];

const PRINTED = /(?<=^(?:\/\/|#) Output:\n(?:(?:\/\/|#) .*\n)*)(?:\/\/|#) [^…\n]*\w$/gm;
const outputs: Row[] = [
  ...(['ts', 'rb', 'py'] as const).map((ending): Row => ({
    name: `an output of .${ending} has another word`,
    files: PROGRAMS[ending],
    pattern: PRINTED,
    falsify: misspell,
    check: 'gate',
    expects: ['output-differs'],
    take: 2,
  })),
  {
    name: 'an output lacks a line',
    files: /^snippets\/.*\.(?:ts|rb|py)$/,
    pattern: /(?<=^(?:\/\/|#) Output:\n)(?:\/\/|#) .*\n?/gm,
    falsify: remove,
    check: 'gate',
    expects: ['output-differs'],
    take: 2,
  },
  {
    name: 'an output is missing',
    files: /^snippets\/.*\.(?:ts|rb|py)$/,
    pattern: /^(?:\/\/|#) Output:\n(?:(?:\/\/|#).*\n?)*/gm,
    falsify: remove,
    check: 'gate',
    expects: ['output-missing'],
    take: 3,
  },
  {
    name: 'an output differs from that of its twin',
    files: PROGRAMS.py,
    pattern: PRINTED,
    falsify: misspell,
    check: 'gate',
    expects: ['twins-differ'],
    take: 1,
  },
];

const signatures: Row[] = [
  {
    name: 'an option has another name',
    files: /^src\/sdk\/user-management\.ts$/,
    pattern: /^  (?:sessionData|sealSession|code|returnTo)(?=\??: [\w| [\]]+;)/gm,
    falsify: misspell,
    check: 'reference',
    expects: ['option-missing', 'option-surplus'],
    take: 3,
  },
  {
    name: 'an option of a call without an entry has another name',
    files: /^src\/sdk\/user-management\.ts$/,
    pattern: /^  refreshToken(?=: string;)/gm,
    falsify: misspell,
    check: 'programs',
    expects: ['type-error', 'sdk-type-error'],
    take: 1,
  },
  {
    name: 'an option becomes required',
    files: /^src\/sdk\/user-management\.ts$/,
    pattern: /^  (?:ipAddress|userAgent|codeVerifier)\?/gm,
    falsify: ([was]) => was.slice(0, -1),
    // The reference follows the code; the snippets do not pass it.
    check: 'programs',
    expects: ['type-error', 'sdk-type-error'],
    take: 2,
  },
  {
    name: 'a field has another type',
    files: SDK,
    pattern: /(?<=^  (?:expiresAt|cookieBytes|emailVerified): )\w+(?=;)/gm,
    falsify: () => 'RegExp',
    check: 'programs',
    expects: ['type-error', 'sdk-type-error'],
    take: 2,
  },
];

const CLAIM_FACTS = /^src\/sdk\/results\/claim-facts\.ts$/;
const behaviour: Row[] = [
  {
    name: 'a result is inverted',
    files: SESSION,
    pattern: /(?<=\bauthenticated: )(?:true|false)(?=, reason: (?:opened|')|,\n    \.\.\.listClaims)/g,
    falsify: ([was]) => String(was !== 'true'),
    check: 'tests',
    expects: SESSION_TESTS,
    take: 3,
  },
  {
    name: 'a claim is taken for another',
    files: CLAIM_FACTS,
    pattern: /(?<=: claims\.)(?:sid|role|org_id)\b/g,
    falsify: () => 'iss',
    check: 'tests',
    expects: SESSION_TESTS,
    take: 2,
  },
  {
    name: 'a time is in another unit',
    files: CLAIM_FACTS,
    pattern: /claims\.exp \* 1000/g,
    falsify: () => 'claims.exp * 1',
    check: 'tests',
    expects: SESSION_TESTS,
    take: 1,
  },
  {
    name: 'a visitor is let in with an expired token',
    files: /^src\/sdk\/access-token\.ts$/,
    pattern: /if \(exp <= .*\n/g,
    falsify: remove,
    check: 'tests',
    expects: SESSION_TESTS,
    take: 1,
  },
  {
    name: 'a reason is another word',
    files: SESSION,
    pattern: /(?<=\{ reason: ')\w+(?=' \};)/g,
    falsify: misspell,
    check: 'tests',
    expects: SESSION_TESTS,
    take: 2,
  },
  {
    name: 'a snippet gets another user',
    files: SESSION,
    pattern: /(?<=\n    )user,/g,
    falsify: () => "user: { ...user, firstName: 'Eve', email: 'eve@example.com' },",
    check: 'programs',
    expects: ['output-differs'],
    take: 1,
  },
];

const emulator: Row[] = [
  {
    name: 'a user has another name',
    files: /^src\/emulator\/seed\.ts$/,
    pattern: /(?<=describeUser\(ADA, ')\w+/g,
    falsify: misspell,
    check: 'programs',
    expects: ['output-differs'],
    take: 1,
  },
  {
    name: 'a role has another permission',
    files: /^src\/emulator\/seed\.ts$/,
    pattern: /(?<=admin: \[')[\w:]+/g,
    falsify: misspell,
    check: 'programs',
    expects: ['output-differs'],
    take: 1,
  },
  {
    name: 'a grant type is unknown',
    files: /^src\/emulator\/routes\/authenticate\.ts$/,
    pattern: /^  (?:authorization_code|refresh_token)(?=: exchange)/gm,
    falsify: misspell,
    check: 'programs',
    expects: ['output-differs', 'run-throws'],
    take: 2,
  },
  {
    name: 'a response lacks its refresh token',
    files: /^src\/emulator\/routes\/authenticate\.ts$/,
    pattern: /^    refresh_token: tokens.*\n/gm,
    falsify: remove,
    check: 'programs',
    expects: ['output-differs', 'run-throws'],
    take: 1,
  },
  {
    name: 'the key set contains another key',
    files: /^src\/emulator\/signing-key\.ts$/,
    pattern: /(?<=^ {6}n: )PUBLIC_HALF\.n(?=,$)/gm,
    falsify: ([was]) => `${was}.slice(0, -1) + 'B'`,
    check: 'programs',
    expects: ['output-differs', 'run-throws'],
    take: 1,
  },
];

const AREAS: Record<Falsehood['kind']['area'], Row[]> = {
  pages,
  navigation,
  links,
  facts,
  reference,
  snippets,
  outputs,
  'SDK signatures': signatures,
  'SDK behaviour': behaviour,
  emulator,
};

export const KINDS: readonly Kind[] = (Object.keys(AREAS) as (keyof typeof AREAS)[]).flatMap((area) =>
  AREAS[area].map((row) => ({ area, ...row })),
);
