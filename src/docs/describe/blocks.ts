/** A `<CodeBlock>` as written → its tabs: per language a verified snippet, a reference entry, or both. */
import { type Finding, nearestName } from '../findings/index.ts';
import { type Entry, type PageReference, findEntries, languageLabel, languageOrder } from '../reference/index.ts';
import { type VerifiedSnippet, LANGUAGES } from '../snippets/index.ts';
import type { CodeBlockUse, PageTree, Place } from '../pages/index.ts';

export interface Tab {
  language: string;
  label: string;
  /** Id of the snippet; left out if the language has none. */
  snippet?: string;
  /** Whether the tab shows the snippet's output, as JSON, instead of its code. */
  response?: true;
  /** Name of the region to show; left out to show the whole snippet. */
  region?: string;
  entry?: Entry;
}

export interface Block {
  /** Unique on the page; the component finds its block by it. */
  id: string;
  title?: string;
  /** Level of the entry's heading. */
  headingDepth: number;
  /** Whether the author titled the tabs, so that they do not choose a language. */
  named: boolean;
  /** Line of the page's file where the element begins. */
  line: number;
  tabs: Tab[];
}

/** The id of a block on its page: what it shows, or its title. */
export function blockId({
  referenceId,
  file,
  region,
  title,
}: Pick<CodeBlockUse, 'referenceId' | 'file' | 'region' | 'title'>): string {
  return [referenceId, file, region].filter((part) => part !== undefined).join('.') || (title ?? '');
}

/** Resolves the blocks of one page. Unknown snippets are reported by src/docs/snippets. */
export function resolveBlocks(
  source: PageTree,
  references: readonly PageReference[],
  snippets: readonly VerifiedSnippet[],
): { blocks: Block[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const blocks: Block[] = [];
  for (const use of source.blocks) {
    const report: Report = (finding, { line, column } = use) =>
      findings.push({ ...finding, file: source.file, line, column });
    const id = blockId(use);
    if (use.tabs.length === 0 && use.referenceId === undefined && use.file === undefined) {
      report({
        code: 'code-block-empty',
        message: 'Cannot show a CodeBlock: it needs "referenceId" or "file"',
        fix: 'Name a snippet with file="…" or an entry with referenceId="…".',
      });
      continue;
    }
    if (!id || blocks.some((block) => block.id === id)) {
      report({
        code: 'code-block-repeated',
        message: id
          ? `Cannot show the CodeBlock "${id}" twice on one page: links could only lead to the first`
          : 'Cannot show a CodeBlock with tabs: it needs a "title" to identify it',
        fix: id ? 'Remove one of the two.' : 'Add title="…" to the CodeBlock.',
      });
      continue;
    }
    const entries = use.referenceId === undefined ? [] : findEntries(references, use.referenceId, source.path);
    if (use.referenceId !== undefined && entries.length === 0) report(unknownEntry(use.referenceId, references));
    blocks.push({
      id,
      ...(use.title !== undefined && { title: use.title }),
      headingDepth: headingDepth(source, use),
      named: use.tabs.length > 0,
      line: use.line,
      tabs:
        use.tabs.length > 0 ? namedTabs(use, entries, snippets, report) : languageTabs(use, entries, snippets, report),
    });
  }
  return { blocks, findings };
}

type Report = (finding: Pick<Finding, 'code' | 'message' | 'nearest' | 'fix'>, place?: Place) => void;

/** A tab for each language of the entry and of the snippet. */
function languageTabs(
  use: CodeBlockUse,
  entries: readonly Entry[],
  snippets: readonly VerifiedSnippet[],
  report: Report,
): Tab[] {
  const shown = snippets.filter((snippet) => snippet.name === use.file);
  const undocumented = entries.length === 0 ? [] : shown.filter((snippet) => !entryFor(entries, snippet.language));
  for (const snippet of undocumented) {
    report({
      code: 'language-undocumented',
      message: `Cannot show ${snippet.path}: entry "${use.referenceId}" has no ${snippet.language} reference`,
      fix: `Add the entry under reference.${snippet.language} of the page, or remove the snippet.`,
    });
  }
  for (const { language } of shown.length === 0
    ? []
    : entries.filter((entry) => !shown.some((snippet) => snippet.language === entry.language))) {
    const row = LANGUAGES.find((each) => each.language === language);
    if (row) report(withoutProgram(use, language, row.ending));
  }
  return languageOrder([...entries, ...shown].map((each) => each.language)).map((language) => {
    const snippet = shown.find((each) => each.language === language);
    return describeTab(language, languageLabel(language), snippet, use.region, entryFor(entries, language));
  });
}

/** A reader who chooses the language would see parameters without an example. */
function withoutProgram(
  { referenceId, file }: CodeBlockUse,
  language: string,
  ending: string,
): Pick<Finding, 'code' | 'message' | 'fix'> {
  return {
    code: 'language-without-program',
    message: `Cannot show "${file}" in ${language}: entry "${referenceId}" has that language, the snippet does not`,
    fix: `Write the snippet ${file}${ending}, or remove the entry under reference.${language}.`,
  };
}

/** The tabs that the author titled. */
function namedTabs(
  use: CodeBlockUse,
  entries: readonly Entry[],
  snippets: readonly VerifiedSnippet[],
  report: Report,
): Tab[] {
  return use.tabs.map((tab) => {
    const twins = snippets.filter((snippet) => snippet.name === tab.file);
    const printed = twins[0];
    if (tab.language === 'json' && printed) {
      if (!isJson(printed.expectation.join('\n'))) report(notJson(printed), tab);
      return {
        ...describeTab('json', tab.title ?? 'Response', printed, undefined, entryFor(entries, 'json')),
        response: true,
      };
    }
    const snippet = tab.language === undefined ? twins[0] : twins.find(({ language }) => language === tab.language);
    if (tab.file === undefined) {
      report(
        {
          code: 'code-block-tab-empty',
          message: 'Cannot show a CodeBlockTab: it needs "file"',
          fix: 'Name a snippet with file="…".',
        },
        tab,
      );
    } else if (twins.length > 0 && !snippet) {
      report(
        {
          code: 'language-absent',
          message: `Cannot show "${tab.file}" in ${tab.language}: it exists in ${twins.map(({ language }) => language).join(', ')} only`,
          fix: `Add the snippet in ${tab.language}, or name one of its languages.`,
        },
        tab,
      );
    }
    const language = snippet?.language ?? tab.language ?? 'text';
    return describeTab(
      language,
      tab.title ?? languageLabel(language),
      snippet,
      tab.region,
      entryFor(entries, language),
    );
  });
}

function describeTab(
  language: string,
  label: string,
  snippet: VerifiedSnippet | undefined,
  region: string | undefined,
  entry: Entry | undefined,
): Tab {
  return {
    language,
    label,
    ...(snippet && { snippet: snippet.id }),
    ...(region !== undefined && { region }),
    ...(entry && { entry }),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function notJson({ name, path }: VerifiedSnippet): Pick<Finding, 'code' | 'message' | 'fix'> {
  return {
    code: 'response-not-json',
    message: `Cannot show what "${name}" printed as JSON: its output is not valid JSON`,
    fix: `Print one JSON document in ${path}, or remove language="json".`,
  };
}

function entryFor(entries: readonly Entry[], language: string): Entry | undefined {
  return entries.find((entry) => entry.language === language);
}

/** One level below the heading above it; the page's first heading counts as level 1, since it is the title. */
function headingDepth(source: PageTree, use: CodeBlockUse): number {
  if (!use.under || use.under === source.headings[0]) return 2;
  return Math.min(use.under.depth + 1, 5);
}

function unknownEntry(
  id: string,
  references: readonly PageReference[],
): Pick<Finding, 'code' | 'message' | 'nearest' | 'fix'> {
  const nearest = nearestName(
    id,
    references.flatMap((page) => page.entries.map((entry) => entry.id)),
  );
  return {
    code: 'entry-unknown',
    message: `Cannot show reference "${id}": no page declares an entry with that id`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Correct referenceId, or declare the entry in the frontmatter of this page.',
  };
}
