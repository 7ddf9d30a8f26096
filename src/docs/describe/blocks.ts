/**
 * A `<CodeBlock>` as written → what it shows: for each language its programs, the answers that they printed, and the
 * reference entry.
 */
import { type Finding, nearestName } from '../findings/index.ts';
import { type Language, LANGUAGES, languageLabel, languageOrder } from '../options/index.ts';
import { type Entry, type PageReference, findEntries } from '../reference/index.ts';
import type { VerifiedSnippet } from '../snippets/index.ts';
import type { CodeBlockTabUse, CodeBlockUse, PageTree, Place } from '../pages/index.ts';

/** One program, or what it printed. */
export interface Panel {
  /** The author's title, such as `Request` or `npm`. */
  title?: string;
  /** Language of the program; that of the tab if there is no program yet. */
  language: string;
  label: string;
  /** Name of its grammar. */
  grammar: string;
  /** Id of the snippet; left out if the language has none. */
  snippet?: string;
  /** Name of the region to show; left out to show the whole snippet. */
  region?: string;
}

/** What a block shows in one language. */
export interface Tab {
  /** Empty if nothing in the block depends on the language. */
  language: string;
  label: string;
  /** Programs, of which the reader chooses one by its title, such as npm and Yarn. */
  programs: Panel[];
  /** Printed JSON, shown below the program. */
  answers: Panel[];
  entry?: Entry;
  /** The same entry, if an earlier block of the page shows it. */
  entryAbove?: Pick<Entry, 'anchor' | 'title'>;
}

export interface Block {
  /** Unique on the page, and valid as the start of a fragment id. */
  id: string;
  /** What the component finds its block by: `blockKey` of its attributes and tabs. */
  key: string;
  title?: string;
  /** Level of the entry's heading. */
  headingDepth: number;
  /** Line of the page's file where the element begins. */
  line: number;
  tabs: Tab[];
}

type Attributes = Pick<CodeBlockUse, 'referenceId' | 'title' | 'file' | 'region'>;
type TabAttributes = Pick<CodeBlockTabUse, 'title' | 'file' | 'language' | 'region'>;

/** The same for blocks that show the same. `tabs` are the keys of its children, one after the other. */
export function blockKey({ referenceId, title, file, region }: Attributes, tabs: string): string {
  return JSON.stringify([referenceId, title, file, region].map((part) => part ?? null)) + tabs;
}

/** Without blanks, and without characters that HTML escapes. */
export function tabKey({ title, file, language, region }: TabAttributes): string {
  const parts = [title, file, language, region].map((part) => encodeURIComponent(part ?? '').replaceAll("'", '%27'));
  return `${parts.join('/')};`;
}

/** Languages in which the pages show each snippet; undefined if a block shows all of them. */
export type ShownLanguages = ReadonlyMap<string, ReadonlySet<string> | undefined>;

export interface BlockInputs {
  references: readonly PageReference[];
  snippets: readonly VerifiedSnippet[];
  /** Ids of snippets that exist and have errors. */
  faulty?: readonly string[];
  /** Default: those of the page itself. */
  shownLanguages?: ShownLanguages;
  languages?: readonly Language[];
}

/** Collects the languages of the entries beside each snippet, over all pages. */
export function collectShownLanguages(
  sources: readonly PageTree[],
  references: readonly PageReference[],
): ShownLanguages {
  const shown = new Map<string, Set<string> | undefined>();
  for (const { path, blocks } of sources) {
    for (const { file, referenceId, tabs } of blocks) {
      for (const tab of tabs) if (tab.file !== undefined) shown.set(tab.file, undefined);
      if (file === undefined) continue;
      const entries = referenceId === undefined ? [] : findEntries(references, referenceId, path);
      const languages = shown.has(file) ? shown.get(file) : new Set<string>();
      shown.set(file, entries.length === 0 ? undefined : languages);
      for (const { language } of entries) languages?.add(language);
    }
  }
  return shown;
}

/** Resolves the blocks of one page. Unknown snippets are reported by src/docs/snippets. */
export function resolveBlocks(source: PageTree, inputs: BlockInputs): { blocks: Block[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const blocks: Block[] = [];
  const ids = new Set<string>();
  const shownEntries = new Set<Entry>();
  for (const use of source.blocks) {
    const report: Report = (finding, { line, column } = use) =>
      findings.push({ ...finding, file: source.file, line, column });
    if (use.tabs.length === 0 && use.referenceId === undefined && use.file === undefined) {
      report({
        code: 'code-block-empty',
        message: 'Cannot show a CodeBlock: it needs "referenceId" or "file"',
        fix: 'Name a snippet with file="…" or an entry with referenceId="…".',
      });
      continue;
    }
    const entries = use.referenceId === undefined ? [] : findEntries(inputs.references, use.referenceId, source.path);
    if (use.referenceId !== undefined && entries.length === 0) report(unknownEntry(use.referenceId, inputs.references));
    const tabs = new BlockReader(use, entries, inputs, report).tabs().map((tab) => onlyOnce(tab, shownEntries));
    blocks.push({
      id: unusedId(use, ids),
      key: blockKey(use, use.tabs.map(tabKey).join('')),
      ...(use.title !== undefined && { title: use.title }),
      headingDepth: headingDepth(source, use),
      line: use.line,
      tabs,
    });
  }
  return { blocks, findings };
}

/** A page has each entry once, since links lead to it. */
function onlyOnce({ entry, ...tab }: Tab, shown: Set<Entry>): Tab {
  if (!entry) return tab;
  if (shown.has(entry)) return { ...tab, entryAbove: { anchor: entry.anchor, title: entry.title } };
  shown.add(entry);
  return { ...tab, entry };
}

type Problem = Pick<Finding, 'code' | 'severity' | 'message' | 'nearest' | 'fix'>;
type Report = (finding: Problem, place?: Place) => void;

/** Commands and data: not a language that readers choose. */
const PLAIN = ['curl', 'json', 'xml'];

/** A `<CodeBlockTab>`, or the block's own file. */
interface Choice {
  title?: string;
  file: string;
  region?: string;
  /** Languages of readers who see it; undefined if it is for all. */
  readers: readonly string[] | undefined;
  snippets: readonly VerifiedSnippet[];
}

class BlockReader {
  readonly #use: CodeBlockUse;
  readonly #entries: readonly Entry[];
  readonly #inputs: BlockInputs;
  readonly #languages: readonly Language[];
  readonly #report: Report;

  constructor(use: CodeBlockUse, entries: readonly Entry[], inputs: BlockInputs, report: Report) {
    this.#use = use;
    this.#entries = entries;
    this.#inputs = inputs;
    this.#languages = inputs.languages ?? LANGUAGES;
    this.#report = report;
  }

  tabs(): Tab[] {
    const use = this.#use;
    const isAnswered = this.#entries.length > 0 && this.#entries.every(({ language }) => language === 'json');
    const answers = [
      ...(isAnswered && use.file !== undefined ? [{ ...use, title: use.title ?? 'Response' }] : []),
      ...use.tabs.filter(isAnswer),
    ];
    for (const tab of answers) this.#checkAnswer(tab);
    const choices = [
      ...(isAnswered ? [] : this.#ownFile()),
      ...use.tabs.flatMap((tab) => (isAnswer(tab) ? [] : this.#choice(tab))),
    ];
    const languages = this.#languagesOf(choices);
    return (languages.length === 0 ? [''] : languages).map((language) => {
      const entry = this.#entries.find((each) => each.language === language);
      const programs = choices.flatMap((choice) => this.#panel(choice, language));
      const [first] = choices;
      const label = this.#label(language);
      // An answer needs no program of its own.
      const isMissing = programs.length === 0 && first && language !== 'json';
      if (isMissing) this.#reportMissing(choices, language);
      return {
        language,
        label,
        programs: isMissing
          ? [{ ...(first.title !== undefined && { title: first.title }), language, label, grammar: 'text' }]
          : programs,
        answers: answers.flatMap((tab) => this.#answer(tab, language)),
        ...(entry && { entry }),
      };
    });
  }

  /** Languages that the reader can choose; a program in one language alone may be for all readers, such as a command. */
  #languagesOf(choices: readonly Choice[]): string[] {
    const several = choices.flatMap(({ readers = [] }) => (readers.length > 1 ? readers : []));
    const named = this.#entries.length + several.length > 0 || this.#use.tabs.length === 0 || this.#use.file;
    const untitled = choices.filter(({ title }) => title === undefined);
    const single = (named ? choices : untitled).flatMap(({ readers = [] }) => readers);
    const all = [...this.#entries.map(({ language }) => language), ...several, ...single];
    return languageOrder(all, this.#languages);
  }

  #label(language: string): string {
    return languageLabel(language, this.#languages);
  }

  #named(file: string | undefined): VerifiedSnippet[] {
    return this.#inputs.snippets.filter(({ name }) => name === file);
  }

  #ownFile(): Choice[] {
    const { file, region, tabs } = this.#use;
    const all = this.#named(file);
    // Tabs without a file show the block's.
    const isGiven = tabs.some((tab) => tab.file === undefined && !isAnswer(tab));
    if (file === undefined || isGiven || (tabs.length > 0 && all.length === 0)) return [];
    const entries = this.#entries.map(({ language }) => language);
    const snippets = entries.length === 0 ? all : all.filter(({ language }) => entries.includes(language));
    for (const snippet of all) if (!snippets.includes(snippet)) this.#reportUndocumented(snippet);
    return [
      {
        file,
        ...(region !== undefined && { region }),
        readers: snippets.map(({ language }) => language),
        snippets,
      },
    ];
  }

  #choice(tab: CodeBlockTabUse): Choice[] {
    const { title, file = this.#use.file, language, region } = tab;
    if (file === undefined) {
      this.#report(
        {
          code: 'code-block-tab-empty',
          message: 'Cannot show a CodeBlockTab: it needs "file"',
          fix: 'Name a snippet with file="…".',
        },
        tab,
      );
      return [];
    }
    const all = this.#named(file);
    const own = language === undefined ? all : all.filter((snippet) => snippet.language === language);
    const [only] = all.length === 1 ? all : [];
    // A command, or a file of settings, may be for readers of one language, or for all.
    const isPlain = only !== undefined && PLAIN.includes(only.language);
    if (all.length > 0 && own.length === 0 && !isPlain) this.#reportAbsent(tab, file, all);
    const snippets = own.length === 0 && isPlain ? all : own;
    const isDocumented = this.#entries.some((entry) => entry.language === only?.language);
    const isForAll = title !== undefined && language === undefined && isPlain && !isDocumented;
    return [
      {
        ...(title !== undefined && { title }),
        file,
        ...(region !== undefined && { region }),
        readers: isForAll ? undefined : language === undefined ? snippets.map((each) => each.language) : [language],
        snippets,
      },
    ];
  }

  #checkAnswer(tab: CodeBlockTabUse): void {
    for (const printed of this.#named(tab.file ?? this.#use.file))
      if (!isJson(textOfAnswer(printed))) this.#report(notJson(printed), tab);
  }

  /** What the program printed in `language`, or else in the first language that it has. */
  #answer({ file = this.#use.file, title = 'Response' }: CodeBlockTabUse, language: string): Panel[] {
    const all = this.#named(file);
    const [first] = languageOrder(
      all.map((each) => each.language),
      this.#languages,
    );
    const printed = all.find((each) => each.language === language) ?? all.find((each) => each.language === first);
    if (!printed) return [];
    return [
      {
        title,
        language: printed.language,
        label: this.#label(printed.language),
        grammar: 'json',
        snippet: printed.id,
      },
    ];
  }

  #panel({ title, region, readers, snippets }: Choice, language: string): Panel[] {
    const isSingle = readers === undefined || language === '';
    if (!isSingle && !readers.includes(language)) return [];
    const snippet = snippets.find((each) => each.language === language) ?? snippets[0];
    const shown = snippet?.language ?? language;
    return [
      {
        ...(title !== undefined && { title }),
        language: shown,
        label: snippet?.language === 'curl' && !/\bcurl\b/.test(snippet.code) ? 'Shell' : this.#label(shown),
        grammar: this.#languages.find((row) => row.language === shown)?.grammar ?? 'text',
        ...(snippet && { snippet: snippet.id }),
        ...(region !== undefined && { region }),
      },
    ];
  }

  /** A reader who chooses the language would see parameters without an example. */
  #reportMissing(choices: readonly Choice[], language: string): void {
    const [first] = choices;
    const row = this.#languages.find((each) => each.language === language);
    // A file without any program is reported once, by src/docs/snippets.
    if (!first || !row || choices.every(({ snippets }) => snippets.length === 0)) return;
    // It is there, and has findings of its own.
    if (this.#inputs.faulty?.includes(`${first.file}${row.ending}`)) return;
    this.#report({
      code: 'language-without-program',
      severity: 'warning',
      message: `Cannot show "${first.file}" in ${language}: entry "${this.#use.referenceId}" has that language, the snippet does not`,
      fix: `Write the snippet ${first.file}${row.ending}, or remove the entry under reference.${language}.`,
    });
  }

  #reportUndocumented({ name, language, path }: VerifiedSnippet): void {
    const { shownLanguages } = this.#inputs;
    if (shownLanguages?.has(name) && shownLanguages.get(name) === undefined) return;
    if (shownLanguages?.get(name)?.has(language)) return;
    this.#report({
      code: 'language-undocumented',
      message: `Cannot show ${path}: entry "${this.#use.referenceId}" has no ${language} reference`,
      fix: `Add the entry under reference.${language} of the page, or remove the snippet.`,
    });
  }

  #reportAbsent(tab: CodeBlockTabUse, file: string, all: readonly VerifiedSnippet[]): void {
    this.#report(
      {
        code: 'language-absent',
        message: `Cannot show "${file}" in ${tab.language}: it exists in ${all.map(({ language }) => language).join(', ')} only`,
        fix: `Add the snippet in ${tab.language}, or name one of its languages.`,
      },
      tab,
    );
  }
}

function isAnswer({ language }: CodeBlockTabUse): boolean {
  return language === 'json';
}

/** What an answer panel shows: the output of a program, or a file of JSON. */
export function textOfAnswer({ language, expectation, code }: VerifiedSnippet): string {
  return language === 'json' ? code : expectation.join('\n');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function notJson({ name, path }: VerifiedSnippet): Problem {
  return {
    code: 'response-not-json',
    message: `Cannot show what "${name}" printed as JSON: its output is not valid JSON`,
    fix: `Print one JSON document in ${path}, or remove language="json".`,
  };
}

/** What the block shows, or its title; with a number if an earlier block has the same. */
function unusedId({ referenceId, file, region, title, tabs }: CodeBlockUse, ids: Set<string>): string {
  const parts = [referenceId, file, region].filter((part) => part !== undefined).join('.');
  const wanted = (parts || title || tabs[0]?.file || 'example').replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  let id = wanted;
  for (let count = 2; ids.has(id); count++) id = `${wanted}-${count}`;
  ids.add(id);
  return id;
}

/** One level below the heading above it; the page's first heading counts as level 1, since it is the title. */
function headingDepth(source: PageTree, use: CodeBlockUse): number {
  if (!use.under || use.under === source.headings[0]) return 2;
  return Math.min(use.under.depth + 1, 5);
}

function unknownEntry(id: string, references: readonly PageReference[]): Problem {
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
