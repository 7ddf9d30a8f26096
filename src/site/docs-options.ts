/** What this site tells the engine about its subject. */
import { fileURLToPath } from 'node:url';
import { type DocsOptions, type Project, readOptions } from '../docs/options/index.ts';
import { buildPackage } from './build-package.ts';
import { MARK } from './mark.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The options of the site in `root`, which is a copy of this one where the checks are proved. */
export const optionsFor = (root: string): DocsOptions => ({
  title: 'AuthKit session helpers',
  shortTitle: 'AuthKit',
  tagline: 'Encrypted session cookies for WorkOS AuthKit, documented by programs that run.',
  mark: MARK,
  package: {
    name: 'authkit-session-helpers',
    source: 'src/sdk/index.ts',
    client: 'WorkOS',
    build: () => buildPackage(root),
  },
  emulator: 'src/emulator/index.ts',
  faces: { bridge: 'src/faces/bridge.ts', ruby: 'src/faces/ruby/workos.rb', python: 'src/faces/python/workos.py' },
  libraries: { ruby: 'gem workos 5', python: 'package workos 5' },
  scenarios: { record: 'src/site/scenarios.json', names: /^session-helpers-/ },
  // The package may have been compiled just now.
  errorCatalogue: async () => (await import('./error-code-lists.ts')).errorCodeLists(),
  footer: {
    text: 'Every program on these pages ran when they were built.',
    links: [{ title: 'Run one yourself', path: '/quickstart' }],
  },
  errorsPage: '/reference/authkit/session-helpers/errors',
});

export const OPTIONS = optionsFor(ROOT);

/** This project, as the engine's commands find it. */
export function siteProject(root = ROOT): Project {
  return readOptions(optionsFor(root), root);
}
