/** The frontmatter of all pages, and the package → the reference with what pages leave out filled in. */
import type { Finding } from '../findings/index.ts';
import type { Project } from '../options/index.ts';
import type { PageFrontmatter } from '../pages/index.ts';
import { CODE, fillEntries } from './declared/index.ts';
import { examinePackage } from './examine-package.ts';
import { compareLanguages } from './conformance/compare-languages.ts';
import { type EntryUse, type Resolved, readWritten } from './resolve.ts';

/** What the reference needs to know of a project. */
export type ReferenceProject = Pick<Project, 'root' | 'package' | 'spellings' | 'keptFields'>;

export interface ReferenceUse {
  /** All blocks with entries. Default: each page shows its own. */
  uses?: readonly EntryUse[];
  /** The link of an error code, if a page lists it. */
  hrefOfCode?: (code: string) => string | undefined;
}

/**
 * Reads the reference of all pages. What is written is compared with the code, if the code declares it; `checkReference`
 * also reports what it does not declare, and what no page documents.
 */
export async function readReference(
  pages: readonly PageFrontmatter[],
  { root, package: { source, client }, spellings, keptFields }: ReferenceProject,
  { uses, hrefOfCode }: ReferenceUse = {},
): Promise<Resolved> {
  const written = readWritten(pages, { keptFields, ...(uses && { uses }) });
  const names = Map.groupBy(
    written.entries.filter(({ language }) => language === CODE),
    ({ page }) => page,
  );
  const examined = pages.flatMap((frontmatter) => {
    const own = names.get(frontmatter.page);
    return own ? [{ frontmatter, names: own }] : [];
  });
  const { declared, findings: inCode } = await examinePackage({ root, source, client }, examined);
  const filled = fillEntries(
    written.entries,
    declared,
    spellings,
    (name, language) => written.hrefOf(name, language) !== undefined,
  );
  const { pages: resolved, findings } = written.describe(filled, hrefOfCode);
  const inOthers: Finding[] = compareLanguages(written.entries, declared, spellings);
  return { pages: resolved, findings: [...findings, ...inCode, ...inOthers] };
}
