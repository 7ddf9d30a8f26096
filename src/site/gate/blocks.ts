/** A `<CodeBlock>` as written → the tabs it shows: per language a snippet that ran, a reference entry, or both. */
import { type Finding, nearestName } from '../../findings/index.ts';
import { type Entry, type PageReference, findEntries, languageLabel, languageOrder } from '../../reference/index.ts';
import type { VerifiedSnippet } from '../../snippets/index.ts';
import type { CodeBlockUse, PageSource } from './page-source.ts';

export interface Tab {
  language: string;
  label: string;
  /** Id of the snippet shown; left out where the language has none. */
  snippet?: string;
  entry?: Entry;
}

export interface Block {
  /** Unique on the page; what the component finds its block by. */
  id: string;
  title?: string;
  /** Depth of the entry's heading. */
  headingDepth: number;
  /** First and last line of the element in the page's file. */
  lines: [first: number, last: number];
  tabs: Tab[];
}

/** The name by which a block is known on its page: what it shows identifies it. */
export function blockId(use: Pick<CodeBlockUse, 'referenceId' | 'file'>): string {
  return [use.referenceId, use.file].filter((part) => part !== undefined).join('.');
}

/** Resolves the blocks of one page. A file that names no snippet is reported by the snippets room. */
export function resolveBlocks(
  source: PageSource,
  references: readonly PageReference[],
  snippets: readonly VerifiedSnippet[],
): { blocks: Block[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const blocks: Block[] = [];
  for (const use of source.blocks) {
    const report = (finding: Pick<Finding, 'code' | 'message' | 'nearest' | 'fix'>) =>
      findings.push({ ...finding, file: source.file, line: use.line, column: use.column });
    const id = blockId(use);
    if (!id) {
      report({
        code: 'code-block-empty',
        message: 'Cannot show a CodeBlock: it has neither "referenceId" nor "file", one of them is needed',
        fix: 'Name a snippet with file="…" or an entry with referenceId="…".',
      });
      continue;
    }
    if (blocks.some((block) => block.id === id)) {
      report({
        code: 'code-block-repeated',
        message: `Cannot show the CodeBlock "${id}" twice on one page: its links would lead to the first`,
        fix: 'Remove one of the two.',
      });
      continue;
    }
    const entries = use.referenceId === undefined ? [] : findEntries(references, use.referenceId, source.path);
    if (use.referenceId !== undefined && entries.length === 0) report(unknownEntry(use.referenceId, references));
    const shown = snippets.filter((snippet) => snippet.name === use.file);
    const undocumented = entries.length === 0 ? [] : shown.filter((snippet) => !entryFor(entries, snippet.language));
    for (const snippet of undocumented) {
      report({
        code: 'language-undocumented',
        message: `Cannot show ${snippet.path}: entry "${use.referenceId}" has no ${snippet.language} reference`,
        fix: `Add the entry under reference.${snippet.language} of the page, or remove the snippet.`,
      });
    }
    const languages = languageOrder([...entries, ...shown].map((each) => each.language));
    blocks.push({
      id,
      ...(use.title !== undefined && { title: use.title }),
      headingDepth: headingDepth(source, use),
      lines: [use.line, use.endLine],
      tabs: languages.map((language) => {
        const snippet = shown.find((each) => each.language === language);
        const entry = entryFor(entries, language);
        return { language, label: languageLabel(language), ...(snippet && { snippet: snippet.id }), ...(entry && { entry }) };
      }),
    });
  }
  return { blocks, findings };
}

function entryFor(entries: readonly Entry[], language: string): Entry | undefined {
  return entries.find((entry) => entry.language === language);
}

/** One below the heading it stands under; the page's first heading counts as depth 1, since it is the title. */
function headingDepth(source: PageSource, use: CodeBlockUse): number {
  if (!use.under || use.under === source.headings[0]) return 2;
  return Math.min(use.under.depth + 1, 5);
}

function unknownEntry(id: string, references: readonly PageReference[]): Pick<Finding, 'code' | 'message' | 'nearest' | 'fix'> {
  const nearest = nearestName(id, references.flatMap((page) => page.entries.map((entry) => entry.id)));
  return {
    code: 'entry-unknown',
    message: `Cannot show reference "${id}": no page declares an entry with that id`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Correct referenceId, or declare the entry in the frontmatter of this page.',
  };
}
