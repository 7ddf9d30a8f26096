/** The folder of snippets → its snippets, sorted by name. */
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Finding, nearestName } from '../../findings/index.ts';
import type { Project } from '../../options/index.ts';
import { LANGUAGES } from '../languages.ts';
import { type Snippet, readSnippet } from './snippet.ts';

export interface ReadResult {
  snippets: Snippet[];
  findings: Finding[];
}

/** Reads all snippets. A folder that does not exist has none. */
export async function readSnippets({ root, snippets: snippetsDir }: Project): Promise<ReadResult> {
  const folder = join(root, snippetsDir);
  const names = (await readdir(folder).catch(noneIfAbsent)).filter((name) => !name.startsWith('.')).sort();
  const entries = await Promise.all(names.map((name) => readEntry(join(folder, name), root)));
  const snippets = entries.flatMap((entry) => entry.snippets);
  return { snippets, findings: [...entries.flatMap((entry) => entry.findings), ...compareTwins(snippets)] };
}

function noneIfAbsent(error: NodeJS.ErrnoException): string[] {
  if (error.code !== 'ENOENT') throw error;
  return [];
}

async function readEntry(file: string, root: string): Promise<ReadResult> {
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
  const read = readSnippet(source, path);
  if (!read) return { snippets: [], findings: [unknownLanguage(path)] };
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

function unknownLanguage(file: string): Finding {
  const endings = LANGUAGES.map(({ ending }) => ending);
  const nearest = nearestName(/\.[^.]*$/.exec(file)?.[0] ?? '', endings);
  return {
    code: 'snippet-language-unknown',
    file,
    line: 1,
    message: `Cannot determine the language: unknown extension, expected one of ${endings.join(', ')}`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Rename the file, or move it out of the folder.',
  };
}

/** Files of one name are the same snippet in several languages, and must print the same. */
function compareTwins(snippets: readonly Snippet[]): Finding[] {
  const rank = ({ language }: Snippet) => LANGUAGES.findIndex((row) => row.language === language);
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
