/** content/ and snippets/ → the described site, or an error with all findings. */
import { FindingsError, formatFindings, isWarning } from '../findings/index.ts';
import { unchangedHere } from '../snippets/index.ts';
import type { Project } from '../options/index.ts';
import { type Content, type ReadOptions, readContent } from './content.ts';
import { type Page, describePages } from './page.ts';

export interface DescribedSite {
  project: Project;
  /** The facts that the pages are described from. */
  content: Content;
  /** All pages: the home page first, then the others in the order of the navigation. */
  pages: Page[];
}

/** Reads the project. Rejects with a `FindingsError`, which has all findings, if some are errors. */
export async function readSite(project: Project, { drafts }: Pick<ReadOptions, 'drafts'> = {}): Promise<DescribedSite> {
  const content = await readContent(project, { unchanged: unchangedHere(), ...(drafts && { drafts }) });
  const { findings, known } = content;
  if (!findings.every(isWarning)) throw new FindingsError(findings, formatFindings(findings, { known: known.length }));
  const order = ['/', ...content.sections.flatMap((section) => section.pages)];
  const places = new Map(order.map((path, index) => [path, index]));
  const placeOf = ({ path }: Page) => places.get(path) ?? order.length;
  return { project, content, pages: describePages(content).toSorted((a, b) => placeOf(a) - placeOf(b)) };
}
