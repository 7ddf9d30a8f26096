/** The options of this site for the engine. */
import { fileURLToPath } from 'node:url';
import { type DocsOptions, type Project, readOptions } from '../docs/options/index.ts';
import { buildPackage } from './build-package.ts';
import { downloadsOf, tarballAddress } from './downloads.ts';
import { MARK } from './mark.ts';
import { SYNONYMS } from './synonyms.ts';

/** Whether npm has the package. Until then, the site offers it as a tarball. */
const PUBLISHED = false;

/** A cookie of the Node helpers does not open in the libraries of other languages. */
const OTHER_SEAL = {
  text: 'This library cannot open a cookie that Node.js has sealed.',
  title: 'How to open one',
  path: '/guides/open-a-node-session',
};

/** Methods that take the client id, which the gem requires. */
const SIGN_IN_METHODS = [
  'authenticateWithCode',
  'authenticateWithPassword',
  'authenticateWithRefreshToken',
  'authenticateWithMagicAuth',
  'authenticateWithEmailVerification',
  'authenticateWithOrganizationSelection',
  'authenticateWithTotp',
];

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The options of the site in `root`, which may be a copy of this project. */
export const optionsFor = (root: string): DocsOptions => ({
  title: 'AuthKit session helpers',
  shortTitle: 'AuthKit',
  tagline: 'Authenticate, refresh and end AuthKit sessions, with examples that run.',
  mark: MARK,
  package: {
    name: 'authkit-session-helpers',
    source: 'src/sdk/index.ts',
    client: 'WorkOS',
    build: () => buildPackage(root),
    published: PUBLISHED,
    tarball: tarballAddress(root),
  },
  emulator: 'src/emulator/index.ts',
  faces: { bridge: 'src/faces/bridge.ts', ruby: 'src/faces/ruby/workos.rb', python: 'src/faces/python/workos.py' },
  spellings: {
    ruby: {
      names: { getLogOutUrl: 'get_logout_url', getAuthorizationUrl: 'authorization_url' },
      types: { CookiePassword: 'String' },
      required: SIGN_IN_METHODS.map((name) => `${name}.clientId`),
    },
    python: {
      names: { getLogOutUrl: 'get_logout_url', 'loadSealedSession.sessionData': 'sealed_session' },
      types: { CookiePassword: 'str' },
    },
  },
  scripts: { inspector: 'src/site/inspect/inspector.client.ts' },
  sandboxes: { inspect: 'src/site/inspect/sandbox.ts' },
  files: downloadsOf(root),
  libraries: {
    ruby: { name: 'gem workos 5', install: "gem install workos --version '~> 5'", note: OTHER_SEAL },
    python: { name: 'package workos 5', install: "pip install 'workos~=5.0'", note: OTHER_SEAL },
  },
  scenarios: { record: 'src/site/scenarios.json', names: /^session-helpers-/ },
  // Imported here because the package may have just been compiled.
  errorCatalogue: async () => (await import('./error-code-lists.ts')).errorCodeLists(),
  facts: {
    ledger: 'content/facts/*.yaml',
    code: [
      'snippets/*',
      'src/{sdk,emulator,commands,faces}/**/*.{ts,py,rb}',
      'src/site/express-sign-in/*',
      'package.json',
    ],
    tools: [
      'src/{docs,supply-chain}/**/*.{ts,astro}',
      'src/site/*.ts',
      'src/site/prove/cli.ts',
      '*.{ts,mjs,json}',
      '.github/workflows/*',
    ],
    documents: ['{README,CONTRIBUTING,SECURITY}.md', 'src/{emulator/DIFFERENCES,docs/README}.md'],
    comments: [
      'snippets/*',
      'src/sdk/{,exchange/,results/}*.ts',
      'src/emulator/**/*.ts',
      'src/{commands/*,docs/cli,docs/{describe,mcp,snippets,reference/conformance}/cli,docs/serve/start}.ts',
      'src/site/{mutants,prove}/cli.ts',
    ],
  },
  synonyms: SYNONYMS,
  footer: {
    text: 'Every example ran when this site was built, unless it says otherwise. Independent of WorkOS.',
    links: [{ title: 'Run one yourself', path: '/quickstart' }],
  },
  errorsPage: '/reference/authkit/session-helpers/errors',
});

export const OPTIONS = optionsFor(ROOT);

/** This project, for tests and scripts. */
export function siteProject(root = ROOT): Project {
  return readOptions(optionsFor(root), root);
}
