/** The frontmatter of all pages and the SDK → a comparison per `js` entry, and the findings of all languages. */
import { relative } from 'node:path';
import { type Finding, sortFindings } from '../../findings/index.ts';
import type { PageFrontmatter } from '../../pages/index.ts';
import { resolveReference } from '../resolve.ts';
import { CODE, type DeclaredEntries, type OwnSpelling, nameOfSymbol, readDeclarations } from '../declared/index.ts';
import { GROUPS, type ResolvedEntry, type ResolvedRow } from '../resolved-entry.ts';
import type { SdkChecker, SdkProgram } from '../../typescript/index.ts';
import { type Comparison, compareEntry } from './compare.ts';
import { compareLanguages } from './compare-languages.ts';
import { typesIn } from './compare-types.ts';

export interface CheckReferenceOptions {
  /** The checker to use; it stays open. */
  checker: SdkChecker;
  /** Replacements for some of the SDK's files, by path relative to the root. */
  edits?: ReadonlyMap<string, string>;
  /**
   * Whether these are all pages, so that undocumented functions are findings. Default false.
   */
  whole?: boolean;
  /** What the package is called in other languages, where it is not a spelling of the names in the code. */
  spellings?: Readonly<Record<string, OwnSpelling>>;
  /** Unknown fields of the frontmatter that are not findings. */
  keptFields?: readonly string[];
}

export interface CheckedReference {
  comparisons: Comparison[];
  /** All findings, sorted, including errors in the metadata itself. */
  findings: Finding[];
}

/**
 * Compares what every `js` entry writes with the SDK's real types: names, missing and extra fields, optionality, and
 * types by assignability, with documented types resolved in the SDK's scope; and what the entries in other languages
 * write with the `js` entry of the same id. Takes about half a second, most of it for starting the compiler. Throws if
 * the SDK's entry file is not a module.
 *
 * @example
 * const { findings } = checkReference(pages, { checker });
 */
export function checkReference(pages: readonly PageFrontmatter[], options: CheckReferenceOptions): CheckedReference {
  const { checker, edits, whole = false, spellings = {}, keptFields = [] } = options;
  const { pages: resolved, findings } = resolveReference(pages, { keptFields });
  const all = resolved.flatMap((page) => page.resolved);
  const entries = all.filter(({ language }) => language === CODE);
  const sdk = checker.read(typesOfEntries(entries), edits);
  const comparisons = entries.map((entry) => compareEntry(entry, sdk));
  return {
    comparisons,
    findings: sortFindings([
      ...findings,
      ...comparisons.flatMap((each) => each.findings),
      ...compareLanguages(all, readDeclarations(entries, sdk), spellings),
      ...(whole ? findUndocumented(comparisons, sdk, checker.root) : []),
    ]),
  };
}

/**
 * The differences between the code and what the entries write that it declares. Errors in the metadata, and entries that
 * the code does not declare, are not among them.
 */
export function compareWritten(
  pages: readonly PageFrontmatter[],
  { checker, declared }: { checker: SdkChecker; declared: DeclaredEntries },
): Finding[] {
  const { pages: resolved } = resolveReference(pages);
  const entries = resolved.flatMap((page) => page.resolved).filter((entry) => declared.has(nameOfSymbol(entry)));
  const inCode = entries.filter(({ language }) => language === CODE);
  const sdk = checker.read(typesOfEntries(inCode));
  return inCode.flatMap((entry) => compareEntry(entry, sdk).findings);
}

/** A finding for every undocumented function. Spellings that differ in case only count as one. */
function findUndocumented(comparisons: readonly Comparison[], sdk: SdkProgram, root: string): Finding[] {
  const documented = new Set(comparisons.map(({ declared }) => declared?.toLowerCase()));
  return sdk
    .callables()
    .filter(({ name }) => !documented.has(name.toLowerCase()))
    .map(({ name, file, line }) => ({
      code: 'entry-missing',
      file: relative(root, file).replaceAll('\\', '/'),
      line,
      message: `Cannot find the reference of ${name}: no entry documents it, expected one`,
      fix: 'Write an entry under reference.js of a page, or mark the declaration with @deprecated or @internal.',
    }));
}

function typesOfEntries(entries: readonly ResolvedEntry[]): string[] {
  return entries.flatMap((entry) => GROUPS.flatMap((group) => (entry[group] ?? []).flatMap(typesOf)));
}

function typesOf(row: ResolvedRow): string[] {
  return [...typesIn(row.type), ...(row.rows ?? []).flatMap(typesOf)];
}
