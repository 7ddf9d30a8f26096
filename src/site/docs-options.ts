/** The options of this site for the engine. */
import { fileURLToPath } from 'node:url';
import { type DocsOptions, type Project, readOptions } from '../docs/options/index.ts';
import { buildPackage } from './build-package.ts';
import { MARK } from './mark.ts';
import { SYNONYMS } from './synonyms.ts';

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
  },
  emulator: 'src/emulator/index.ts',
  faces: { bridge: 'src/faces/bridge.ts', ruby: 'src/faces/ruby/workos.rb', python: 'src/faces/python/workos.py' },
  spellings: {
    ruby: { names: { getLogOutUrl: 'get_logout_url' }, types: { CookiePassword: 'String' } },
    python: {
      names: { getLogOutUrl: 'get_logout_url', 'loadSealedSession.sessionData': 'sealed_session' },
      types: { CookiePassword: 'str' },
    },
  },
  libraries: { ruby: 'gem workos 5', python: 'package workos 5' },
  scenarios: { record: 'src/site/scenarios.json', names: /^session-helpers-/ },
  // Imported here because the package may have just been compiled.
  errorCatalogue: async () => (await import('./error-code-lists.ts')).errorCodeLists(),
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
