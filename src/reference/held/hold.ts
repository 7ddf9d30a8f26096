/** The frontmatter of all pages and the SDK → a comparison per `js` entry, and all findings. */
import { type Finding, sortFindings } from '../../findings/index.ts';
import { type PageFrontmatter, resolveReference } from '../resolve.ts';
import { SdkChecker } from './checker.ts';
import { type Comparison, compareEntry } from './compare.ts';
import { type DocumentedRow, readDocumented } from './documented.ts';
import { typesIn } from './type-fit.ts';

export interface HoldOptions {
  /** A checker to use and leave open; one of its own, closed after, unless given. */
  checker?: SdkChecker;
  /** Other texts for some of the SDK's files, by path from the root. */
  edits?: ReadonlyMap<string, string>;
}

export interface HeldReference {
  comparisons: Comparison[];
  /** Everything that is wrong, sorted; what the metadata itself has wrong is among it. */
  findings: Finding[];
}

/**
 * Holds every `js` entry against the SDK's real types: names, missing and surplus fields, optionality, and
 * types by assignability with the documented text read in the SDK's scope. Takes about half a second, most of
 * it for starting the compiler. Throws when the SDK's door is no module.
 *
 * @example
 * const { findings } = holdReference(await readPages());
 */
export function holdReference(pages: readonly PageFrontmatter[], options: HoldOptions = {}): HeldReference {
  const { checker = new SdkChecker(), edits } = options;
  try {
    const entries = readDocumented(pages);
    const rows = entries.flatMap((entry) => [...entry.parameters, ...entry.returns, ...entry.properties]);
    const sdk = checker.read(rows.flatMap(typesOf), edits);
    const comparisons = entries.map((entry) => compareEntry(entry, sdk));
    const { findings } = resolveReference(pages);
    return {
      comparisons,
      findings: sortFindings([...findings, ...comparisons.flatMap((each) => each.findings)]),
    };
  } finally {
    if (!options.checker) checker.close();
  }
}

function typesOf(row: DocumentedRow): string[] {
  return [...typesIn(row.type), ...row.rows.flatMap(typesOf)];
}
