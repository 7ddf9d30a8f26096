/** The options of the engine: their types, their validation, and reading them from a project's Astro config. */
export { markdownWithBase, readBase, withBase, withoutBase } from './base-path.ts';
export { readOptions } from './check-options.ts';
export { LANGUAGES, languageLabel, languageOf, languageOrder } from './languages.ts';
export type {
  CatalogueRow,
  DocsOptions,
  ErrorCatalogue,
  FaceOptions,
  FactOptions,
  Language,
  LanguageOptions,
  LibraryOptions,
  Mark,
  PackageOptions,
  Project,
  ScenarioOptions,
} from './project.ts';
export { type CarriesOptions, INTEGRATION_NAME, readProject } from './read-project.ts';
