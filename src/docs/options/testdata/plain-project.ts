import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../languages.ts';
import type { Project } from '../project.ts';

/** A project in `root` with only the required options, for fixtures without an Astro config. */
export function plainProject(root: string, more: Partial<Project> = {}): Project {
  const manifest = join(root, 'package.json');
  const { name = 'unnamed' } = existsSync(manifest)
    ? (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string })
    : {};
  return {
    root,
    base: '',
    site: undefined,
    title: 'Fixture',
    shortTitle: 'Fixture',
    tagline: 'A fixture.',
    mark: { filled: 'M1 1h22v22z', lines: 'M8 8l4 4' },
    colours: {},
    package: { name, source: 'index.ts' },
    emulator: undefined,
    faces: undefined,
    libraries: {},
    spellings: {},
    facts: undefined,
    scenarios: undefined,
    errorCatalogue: () => Promise.resolve({}),
    components: {},
    scripts: {},
    sandboxes: {},
    files: {},
    imageOrigins: [],
    knownFindings: undefined,
    languages: LANGUAGES,
    keptFields: [],
    synonyms: {},
    footer: { text: '', links: [] },
    errorsPage: undefined,
    content: 'content',
    snippets: 'snippets',
    ...more,
  };
}
