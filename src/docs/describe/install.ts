/** The options of a site → the commands with which readers install what its examples need. */
import type { LibraryOptions, Project } from '../options/index.ts';
import type { Publication } from './publication.ts';

/** What to install, and where from. */
export interface Installation {
  /** The package, as a package manager takes it: its name, or the address of its tarball. */
  target: string;
  /** Whether `target` is on this site, whose address was not known: pages then insert the address they are read at. */
  here: boolean;
  /** Where readers see the package, on npm or as a tarball, and its source if that is known. */
  links: readonly { title: string; path: string }[];
  /** The libraries of other languages, by language. */
  libraries: Readonly<Record<string, LibraryOptions>>;
}

/** A command for a package manager. */
export interface InstallCommand {
  manager: string;
  command: string;
}

/** A library to install for one example. */
export interface InstallNote {
  command: string;
  /** As in `Installation`. */
  here: boolean;
  note?: LibraryOptions['note'];
}

/** Where `npm start` serves the site: the best guess where no address is configured. */
const LOCAL_ORIGIN = 'http://127.0.0.1:4321';

const MANAGERS = { npm: 'npm install', pnpm: 'pnpm add', yarn: 'yarn add', bun: 'bun add' } as const;

/** Reads what to install, and where it comes from. */
export function describeInstallation(
  { package: { name, published = true, tarball }, libraries }: Pick<Project, 'package' | 'libraries'>,
  { siteUrl, repositoryUrl }: Pick<Publication, 'siteUrl' | 'repositoryUrl'>,
): Installation {
  const onSite = !published && tarball !== undefined;
  const target = onSite ? `${siteUrl ?? LOCAL_ORIGIN}${tarball}` : name;
  const links = [
    onSite ? { title: 'Package', path: tarball } : { title: 'npm', path: `https://www.npmjs.com/package/${name}` },
    ...(repositoryUrl === undefined ? [] : [{ title: 'Source', path: repositoryUrl }]),
  ];
  return { target, here: onSite && siteUrl === undefined, links, libraries };
}

/** Commands that install the package together with `packages`, one for each package manager. */
export function installCommands({ target }: Installation, packages: readonly string[] = []): InstallCommand[] {
  return Object.entries(MANAGERS).map(([manager, words]) => ({
    manager,
    command: [words, target, ...packages].join(' '),
  }));
}

/** The command for an example in `language`; undefined if it needs no library. */
export function installNote(
  { target, here, libraries }: Installation,
  language: string,
  packages: readonly string[] = [],
): InstallNote | undefined {
  if (language === 'js') return { command: [MANAGERS.npm, target, ...packages].join(' '), here };
  const library = libraries[language];
  return library && { command: library.install, here: false, ...(library.note && { note: library.note }) };
}
