/** What a site tells the engine about itself and its subject, and the project that this describes. */

/** Two outlines on a square of 24, as the data of SVG paths. */
export interface Mark {
  filled: string;
  /** Stroked on top of the filled path. */
  lines: string;
}

/** The package that snippets import. */
export interface PackageOptions {
  /** Its name, as readers install it. Default: the `name` of package.json. */
  name?: string;
  /** The module whose exports the reference is compared with, from the root, such as `src/index.ts`. */
  source: string;
  /** The exported class that documented calls begin with; left out where there is none. */
  client?: string;
  /**
   * Compiles the package if it is not current, and returns a digest of what was compiled. Left out where the package
   * is installed or needs no compiling.
   */
  build?: () => Promise<string>;
}

/** Stand-ins for libraries of other languages, which snippets in these languages import. */
export interface FaceOptions {
  /** The module that exports `createBridge()`, from the root: how the stand-ins reach the package. */
  bridge: string;
  /** Files of the libraries, from the root; their names are what snippets require or import. */
  ruby?: string;
  python?: string;
}

/** Snippets that are recorded in each scenario that the emulator exports as `SCENARIOS`. */
export interface ScenarioOptions {
  record: string;
  names: RegExp;
}

/** One error code in a list. */
export interface CatalogueRow {
  code: string;
  meaning: string;
  remedy: string;
  /** Shown beside the code; left out where there is nothing to say. */
  note?: string;
}

/** The error codes of the package, by the name of the list that `<ErrorCatalogue appears="…">` shows. */
export type ErrorCatalogue = Readonly<Record<string, readonly CatalogueRow[]>>;

/** The options of `docs()`. Paths are relative to the project's root. */
export interface DocsOptions {
  /** Site name. */
  title: string;
  /** The words `title` begins with that are enough where there is little room. Default: all of them. */
  shortTitle?: string;
  /** One sentence that says what the site documents. */
  tagline: string;
  /** The site's mark, in the header and in pictures of shared links. */
  mark: Mark;
  /** CSS colours that replace those of the theme, by the name of its token, such as `accent`. */
  colours?: Readonly<Record<string, string>>;
  /** The package that snippets import. */
  package: PackageOptions;
  /**
   * The module of the API that snippets talk to: it exports `startEmulator()`, which gives `issueEnvironment()` and
   * `close()`. For Run in the page it also exports `createEmulator()` and `issueScenario()`. Default: no API.
   */
  emulator?: string;
  /** Stand-ins for libraries of other languages. */
  faces?: FaceOptions;
  /** Whose documented calls the snippets of a language make, by language, such as `{ ruby: 'gem weather 5' }`. */
  libraries?: Readonly<Record<string, string>>;
  /** What snippets do in each scenario of the emulator: the file that records it, and the names of those snippets. */
  scenarios?: ScenarioOptions;
  /** Gives the error codes that pages list. Called when pages are read. */
  errorCatalogue?: () => Promise<ErrorCatalogue>;
  /** What pages may use beside the components of the theme: files of Astro components, by name. */
  components?: Readonly<Record<string, string>>;
  /** Origins that pages may show images of, beside the site's own, such as `https://img.example.com`. */
  imageOrigins?: readonly string[];
  /** What the footer says, and where it leads. */
  footer?: { text?: string; links?: readonly { title: string; path: string }[] };
  /** The page that explains an error code, which Run links to. */
  errorsPage?: string;
  /** Folder of the pages. Default: `content`. */
  content?: string;
  /** Folder of the snippets. Default: `snippets`. */
  snippets?: string;
}

/** A project with its options checked and its defaults filled in. */
export interface Project {
  /** Absolute path of the project's root. */
  root: string;
  title: string;
  shortTitle: string;
  tagline: string;
  mark: Mark;
  colours: Readonly<Record<string, string>>;
  package: PackageOptions & { name: string };
  /** Absolute path of the emulator's module; undefined where snippets talk to no API. */
  emulator: string | undefined;
  /** With absolute paths. */
  faces: FaceOptions | undefined;
  libraries: Readonly<Record<string, string>>;
  /** With an absolute path; undefined where nothing is recorded. */
  scenarios: ScenarioOptions | undefined;
  errorCatalogue: () => Promise<ErrorCatalogue>;
  components: Readonly<Record<string, string>>;
  imageOrigins: readonly string[];
  footer: { text: string; links: readonly { title: string; path: string }[] };
  errorsPage: string | undefined;
  content: string;
  snippets: string;
}
