/** The folder of snippets → its snippets, sorted by name. */
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Finding, nearestName } from '../../findings/index.ts';
import type { Language, Project } from '../../options/index.ts';
import { RUNNERS } from '../run/runners.ts';
import { type Snippet, readSnippet } from './snippet.ts';

export interface ReadResult {
  snippets: Snippet[];
  findings: Finding[];
}

/** Reads all snippets. A folder that does not exist has none. */
export async function readSnippets({ root, snippets: snippetsDir, languages: all }: Project): Promise<ReadResult> {
  const folder = join(root, snippetsDir);
  const names = (await readdir(folder).catch(noneIfAbsent)).filter((name) => !name.startsWith('.')).sort();
  const languages = all.map((row) =>
    hasRunner(row) ? row : { notRunBecause: `this site does not run ${row.label}`, ...row },
  );
  const entries = await Promise.all(names.map((name) => readEntry(join(folder, name), root, languages)));
  const snippets = entries.flatMap((entry) => entry.snippets);
  return {
    snippets,
    findings: [
      ...entries.flatMap((entry) => entry.findings),
      ...withoutRunner(snippets, all),
      ...compareTwins(snippets, all),
    ],
  };
}

function noneIfAbsent(error: NodeJS.ErrnoException): string[] {
  if (error.code !== 'ENOENT') throw error;
  return [];
}

async function readEntry(file: string, root: string, languages: readonly Language[]): Promise<ReadResult> {
  const path = relative(root, file).replaceAll('\\', '/');
  let source: string;
  try {
    source = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      snippets: [],
      findings: [unreadable(path, code === 'EISDIR' ? 'it is a folder' : `the system says ${code}`)],
    };
  }
  const read = readSnippet(source, path, languages);
  if (!read) return { snippets: [], findings: [unknownLanguage(path, languages)] };
  return { snippets: [read.snippet], findings: read.findings };
}

function unreadable(file: string, state: string): Finding {
  return {
    code: 'snippet-unreadable',
    file,
    line: 1,
    message: `Cannot read the snippet: ${state}, it must be a file`,
    fix: 'Put snippets directly into the folder, and nothing else.',
  };
}

function unknownLanguage(file: string, languages: readonly Language[]): Finding {
  const endings = languages.map(({ ending }) => ending);
  const nearest = nearestName(/\.[^.]*$/.exec(file)?.[0] ?? '', endings);
  return {
    code: 'snippet-language-unknown',
    file,
    line: 1,
    message: `Cannot determine the language: unknown extension, expected one of ${endings.join(', ')}`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Rename the file, move it out of the folder, or add its language to "notRun" of docs().',
  };
}

function hasRunner({ language }: Language): boolean {
  return Object.hasOwn(RUNNERS, language);
}

/** One finding for each language that is neither run nor named in the options. */
function withoutRunner(snippets: readonly Snippet[], languages: readonly Language[]): Finding[] {
  return languages.flatMap((row) => {
    const [first, ...more] = snippets.filter(({ language }) => language === row.language);
    if (!first || hasRunner(row) || row.notRunBecause !== undefined) return [];
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return {
      code: 'language-without-runner',
      file: first.path,
      line: 1,
      message: `Cannot run ${first.path}${others}: there is no runner for ${row.label}`,
      fix: `Add notRun: { ${row.language}: 'why' } to docs() to show ${row.label} without running it.`,
    };
  });
}

/** Files of one name are the same snippet in several languages, and must print the same. */
function compareTwins(snippets: readonly Snippet[], languages: readonly Language[]): Finding[] {
  const rank = ({ language }: Snippet) => languages.findIndex((row) => row.language === language);
  const runnable = snippets.filter(({ directives }) => !directives.noRun).sort((a, b) => rank(a) - rank(b));
  return runnable.flatMap((twin) => {
    const first = runnable.find(({ name }) => name === twin.name);
    if (!first || first.expectation.join('\n') === twin.expectation.join('\n')) return [];
    return [
      {
        code: 'twins-differ',
        file: twin.path,
        line: twin.expectationLine,
        message: `Cannot show ${twin.id} beside ${first.id}: their expected outputs must be the same`,
        fix: 'Make both snippets print the same lines.',
      },
    ];
  });
}
