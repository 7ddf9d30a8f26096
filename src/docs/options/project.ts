/** The options of a documentation site, and the project that they describe. */

/** Two SVG paths in a square of 24. */
export interface Mark {
  filled: string;
  /** Stroked on top of the filled path. */
  lines: string;
}

/** The package that snippets import. */
export interface PackageOptions {
  /** Its published name. Default: the `name` in package.json. */
  name?: string;
  /** The module whose exports the reference is compared with, relative to the root, such as `src/index.ts`. */
  source: string;
  /** The exported class that documented calls start from, if any. */
  client?: string;
  /**
   * Compiles the package if it is not up to date, and returns a digest of the build. Not needed if the package
   * is installed, or does not need compiling.
   */
  build?: () => Promise<string>;
  /** Whether registries have it. Until then, readers install it from `tarball`. Default: true. */
  published?: boolean;
  /** Address of its tarball on this site, one of `files`, such as `/packages/weather-1.0.0.tgz`. */
  tarball?: string;
}

/** A library of another language, whose API the snippets use. */
export interface LibraryOptions {
  /** What it is called, such as `gem weather 5`. */
  name: string;
  /** The command that installs it. */
  install: string;
  /** What readers must know before they use it, and the page that explains it. */
  note?: { text: string; title: string; path: string };
}

/** Stand-ins for libraries of other languages, which snippets in these languages import. */
export interface FaceOptions {
  /** The module, relative to the root, that exports `createBridge()`, through which the stand-ins call the package. */
  bridge: string;
  /** Files of the libraries, relative to the root; snippets require or import them by file name. */
  ruby?: string;
  python?: string;
}

/** What the package is called in another language, where the engine's row for the language says otherwise. */
export interface SpellingOptions {
  /** By name in the code, such as `listAll`, or by method and name, such as `listAll.pageSize`. */
  names?: Readonly<Record<string, string>>;
  /** Types, by name of an exported type. */
  types?: Readonly<Record<string, string>>;
  /** Parameters that the language requires although the code does not, such as `list.accountId`. */
  required?: readonly string[];
}

/** Snippets whose results are recorded in each scenario in the emulator's `SCENARIOS`. */
export interface ScenarioOptions {
  record: string;
  names: RegExp;
}

/** One error code in a list. */
export interface CatalogueRow {
  code: string;
  meaning: string;
  remedy: string;
  /** A short note to show beside the code. */
  note?: string;
  /** What it is known by elsewhere, such as HTTP statuses. */
  details?: readonly { label: string; values: readonly string[] }[];
}

/** The error codes of the package, by the name of the list that `<ErrorCatalogue appears="…">` shows. */
export type ErrorCatalogue = Readonly<Record<string, readonly CatalogueRow[]>>;

/** What the pages say in numbers, names and links, and where it comes from. Patterns are those of glob. */
export interface FactOptions {
  /** The YAML files with the source of each quantity and statement, such as `content/facts/*.yaml`. */
  ledger: string;
  /** Files whose names pages may mention. */
  code: readonly string[];
  /** Files whose names other documents may mention too. */
  tools?: readonly string[];
  /** Markdown files outside the pages that are checked like pages. */
  documents?: readonly string[];
  /** Programs whose doc comments are checked. Those of exported names of the package and the emulator are checked like pages. */
  comments?: readonly string[];
}

/** Writes the file at this absolute path. */
export type WriteFile = (file: string) => Promise<void>;

export interface Language {
  /** Key in reference metadata, such as `js`. */
  language: string;
  label: string;
  /** File extension of snippets. */
  ending: string;
  /** Start of a comment line; empty if the language has no comments. */
  commentMark: string;
  /** Name of its grammar, for highlighting and for Markdown. */
  grammar: string;
  /** Why its snippets are shown without being run; undefined if they are run. */
  notRunBecause?: string;
}

/** A language outside the table, or other properties for one in it. */
export interface LanguageOptions extends Partial<Omit<Language, 'language' | 'notRunBecause'>> {
  /** Why its snippets are shown without being run. */
  because: string;
}

/** The options of `docs()`. Paths are relative to the project root. */
export interface DocsOptions {
  /** Site name. */
  title: string;
  /** The first words of `title`, for narrow screens. Default: the whole title. */
  shortTitle?: string;
  /** One sentence about what the site documents. */
  tagline: string;
  /** The site's mark, for the header and link preview images. */
  mark: Mark;
  /** CSS colours that override those of the theme, by token name, such as `accent`. */
  colours?: Readonly<Record<string, string>>;
  /** The package that snippets import. */
  package: PackageOptions;
  /**
   * The module of the API that snippets call: it exports `startEmulator()`, which returns `issueEnvironment()` and
   * `close()`. To run examples in the page, it must also export `createEmulator()` and `issueScenario()`. Default none.
   */
  emulator?: string;
  /** Stand-ins for libraries of other languages. */
  faces?: FaceOptions;
  /** The library whose API the snippets use, by language. */
  libraries?: Readonly<Record<string, LibraryOptions>>;
  /**
   * Languages whose snippets are shown without being run, and why, such as `{ go: 'CI has no Go toolchain.' }`. For a
   * language that the engine does not know, also its `label`, `ending`, `commentMark` and `grammar`.
   */
  notRun?: Readonly<Record<string, string | LanguageOptions>>;
  /** Names and types of the package in other languages, by language, where they are not a spelling of those in the code. */
  spellings?: Readonly<Record<string, SpellingOptions>>;
  /** Results of snippets in each emulator scenario: the file with the results, and the names of the snippets. */
  scenarios?: ScenarioOptions;
  /** Returns the error codes that pages list. Called when pages are read. */
  errorCatalogue?: () => Promise<ErrorCatalogue>;
  /** Additional components for pages: files of Astro components, by name. */
  components?: Readonly<Record<string, string>>;
  /** Scripts that a page loads when a reader needs them, by name: `load('tool')` in a component. Default none. */
  scripts?: Readonly<Record<string, string>>;
  /**
   * Scripts that pages can start in a frame of their own, by name: `tool` is at `/live/tool.html`. Such a frame has no
   * network, no storage and no access to the page, which talks to it with messages. Default none.
   */
  sandboxes?: Readonly<Record<string, string>>;
  /** Further files of the site, by address, such as `/downloads/app.tgz`: each function writes its file. */
  files?: Readonly<Record<string, WriteFile>>;
  /** Origins of images on pages, besides the site's own, such as `https://img.example.com`. */
  imageOrigins?: readonly string[];
  /**
   * A JSON file with findings that are accepted for now, such as `known-findings.json`; `verified-docs pages --accept`
   * writes it. Default none.
   */
  knownFindings?: string;
  /** Compares numbers, names and link texts on the pages with the code. Default none. */
  facts?: FactOptions;
  /** Fields of pages' frontmatter that other tools read, and that are not reported though no page shows them. */
  keptFields?: readonly string[];
  /** What readers type into the search, with the words that pages use for it, such as `{ login: 'sign in' }`. */
  synonyms?: Readonly<Record<string, string>>;
  /** Text and links of the footer. */
  footer?: { text?: string; links?: readonly { title: string; path: string }[] };
  /** Path of the page that explains error codes; Run links to it. */
  errorsPage?: string;
  /** Folder of the pages. Default: `content`. */
  content?: string;
  /** Folder of the snippets. Default: `snippets`. */
  snippets?: string;
}

/** A project with its options checked and its defaults filled in. */
export interface Project {
  /** Absolute path of the project root. */
  root: string;
  /** The path that the site is below, such as `/docs`: `base` of the Astro config. Empty if it has an origin of its own. */
  base: string;
  /** The address in the Astro config, such as `https://docs.example.com`; undefined if it has none. */
  site: string | undefined;
  title: string;
  shortTitle: string;
  tagline: string;
  mark: Mark;
  colours: Readonly<Record<string, string>>;
  package: PackageOptions & { name: string };
  /** Absolute path of the emulator's module; undefined if snippets call no API. */
  emulator: string | undefined;
  /** With absolute paths. */
  faces: FaceOptions | undefined;
  libraries: Readonly<Record<string, LibraryOptions>>;
  spellings: Readonly<Record<string, SpellingOptions>>;
  /** With an absolute path; undefined if nothing is recorded. */
  scenarios: ScenarioOptions | undefined;
  errorCatalogue: () => Promise<ErrorCatalogue>;
  components: Readonly<Record<string, string>>;
  /** Absolute paths, by name. */
  scripts: Readonly<Record<string, string>>;
  /** Absolute paths, by name. */
  sandboxes: Readonly<Record<string, string>>;
  files: Readonly<Record<string, WriteFile>>;
  imageOrigins: readonly string[];
  /** Path of the file with accepted findings, relative to the root; undefined if none is named. */
  knownFindings: string | undefined;
  facts: FactOptions | undefined;
  /** All languages, in the order in which pages show them. */
  languages: readonly Language[];
  keptFields: readonly string[];
  synonyms: Readonly<Record<string, string>>;
  footer: { text: string; links: readonly { title: string; path: string }[] };
  errorsPage: string | undefined;
  content: string;
  snippets: string;
}
