/** The code fences of pages → programs that are checked and run like snippets, and what became of each. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../findings/index.ts';
import type { Fence, PageTree } from '../pages/index.ts';
import type { Run } from './run/run-snippets.ts';
import type { Unavailable } from './run/native/run-native.ts';
import type { Snippet } from './source/snippet.ts';

/** What is true of a fence. */
export interface FenceState extends Fence {
  /** `plain`: not a program, such as a file, an output or a command to type. */
  state: 'plain' | 'ran' | 'compiled' | 'not-run';
  /** The same in words, for readers; left out if it is no program. */
  note?: string;
}

/** The programs are files while they run, where they find the package as a reader's own files would. */
const FOLDER = 'build/fences';

/** Names of languages whose fences are compiled, and the file extension of each. */
const COMPILED: Readonly<Record<string, string>> = {
  ts: '.mts',
  typescript: '.mts',
  mts: '.mts',
  cts: '.cts',
  tsx: '.tsx',
  js: '.mjs',
  javascript: '.mjs',
  mjs: '.mjs',
  cjs: '.cjs',
  jsx: '.jsx',
};
/** Names of other languages whose fences can be run: the language of the runner, and the file extension. */
const RUN: Readonly<Record<string, [language: string, ending: string]>> = {
  rb: ['ruby', '.rb'],
  ruby: ['ruby', '.rb'],
  py: ['python', '.py'],
  python: ['python', '.py'],
  sh: ['curl', '.sh'],
  shell: ['curl', '.sh'],
  bash: ['curl', '.sh'],
};
/** Files, data and text: nothing in them could run. */
const PLAIN = new Set(
  (
    ' text txt plaintext plain output log csv diff patch json jsonc json5 jsonl ndjson yaml yml toml ini conf config ' +
    'properties dotenv env xml svg html css scss less md mdx markdown http mermaid gitignore ignore nginx regex'
  ).split(' '),
);

/** Commands that readers type. They say something only if they ran, or if their author says why they did not. */
const COMMANDS = new Set(
  'sh shell bash zsh shellscript console terminal shellsession powershell ps1 bat cmd'.split(' '),
);

/** A fence that is compiled or run. */
export interface FenceProgram {
  page: string;
  fence: Fence;
  /** The fence after it, if that says what it prints. */
  output: Fence | undefined;
  /** In the form of a snippet, at a path that no snippet has. */
  snippet: Snippet;
}

/** The programs of all pages, and findings about fences that cannot be what they say. */
export function readFencePrograms(pages: readonly PageTree[]): { programs: FenceProgram[]; findings: Finding[] } {
  const programs: FenceProgram[] = [];
  const findings: Finding[] = [];
  for (const { file, fences } of pages) {
    for (const [index, fence] of fences.entries()) {
      const place = { file, line: fence.line, column: fence.column };
      if (fence.isOutput && !runs(fences[index - 1])) findings.push({ ...place, ...outputOfNothing() });
      if (fence.run && !runs(fence)) findings.push({ ...place, ...withoutRunner(fence.language) });
      if (fence.unchecked !== undefined) continue;
      const next = fences[index + 1];
      const program = describeProgram(file, fence, next?.isOutput ? next : undefined);
      if (program) programs.push(program);
    }
  }
  return { programs, findings };
}

function runs(fence: Fence | undefined): boolean {
  const { run, language = '' } = fence ?? {};
  return run !== undefined && (Object.hasOwn(COMPILED, language) || Object.hasOwn(RUN, language));
}

function describeProgram(page: string, fence: Fence, output: Fence | undefined): FenceProgram | undefined {
  const { language: name, text, run, needs, line, textLine } = fence;
  const isCompiled = Object.hasOwn(COMPILED, name);
  const [language, ending] = isCompiled
    ? (['js', COMPILED[name] ?? ''] as const)
    : Object.hasOwn(RUN, name)
      ? (RUN[name] ?? [])
      : [];
  if (language === undefined || (!isCompiled && !run)) return undefined;
  const digest = createHash('sha256').update(`${page}\0${line}\0${text}`).digest('hex').slice(0, 12);
  const lines = text.split('\n');
  const isNative = language === 'curl' || (run !== undefined && run.length > 0);
  const snippet: Snippet = {
    id: `${page}:${line}`,
    name: `${page}:${line}`,
    language,
    path: `${FOLDER}/${digest}${ending}`,
    source: `${text}\n`,
    copyText: text,
    code: text,
    codeLines: lines.map((_, index) => index + 1),
    regions: [],
    expectation: output?.text.split('\n') ?? [],
    expectationLine: output ? output.textLine - textLine : 1,
    isFragment: true,
    directives: {
      standalone: false,
      ...(!run && { noRun: { reason: '', line: 1 } }),
      ...(isNative && { native: { libraries: [...(run ?? [])], line: 1 } }),
      ...(needs && { needs: { packages: [...needs], line: 1 } }),
    },
  };
  return { page, fence, output, snippet };
}

/** Writes the programs that run, and removes former ones. */
export async function writeFencePrograms(root: string, programs: readonly FenceProgram[]): Promise<void> {
  const folder = join(root, FOLDER);
  const run = programs.filter(({ fence }) => fence.run);
  const present = await readdir(folder).catch(() => []);
  await Promise.all(
    present
      .filter((name) => !run.some(({ snippet }) => snippet.path.endsWith(`/${name}`)))
      .map((name) => rm(join(folder, name))),
  );
  if (run.length === 0) return;
  await mkdir(folder, { recursive: true });
  await Promise.all(run.map(({ snippet }) => writeFile(join(root, snippet.path), snippet.source)));
}

/** Findings in these programs, in the words and at the places of their pages. Others are unchanged. */
export function placeInPages(findings: readonly Finding[], programs: readonly FenceProgram[]): Finding[] {
  const byPath = new Map(programs.map((program) => [program.snippet.path, program]));
  return findings.map((finding) => {
    const program = byPath.get(finding.file);
    if (!program) return finding;
    const { page, fence } = program;
    return {
      ...finding,
      code: `fence-${finding.code}`,
      file: page,
      line: fence.textLine + finding.line - 1,
      column: (finding.column ?? 1) + fence.column - 1,
      message: finding.message.replace('the snippet', 'the code fence'),
      fix: FIXES[finding.code] ?? finding.fix,
    };
  });
}

/** In the words of an author of a page. */
const FIXES: Readonly<Record<string, string>> = {
  'type-error': 'Correct it, or say why it is not checked: unchecked="…" after the language.',
  'syntax-error': 'Correct it, or say why it is not checked: unchecked="…" after the language.',
  'import-foreign': 'Remove the import, or name the package after the language, as in needs="express".',
  'needs-unused': 'Remove it from needs="…".',
  'output-differs': 'Correct the program, or the output below it.',
};

/** What is true of the fences of each page, by its file. */
export function describeFences(
  pages: readonly PageTree[],
  programs: readonly FenceProgram[],
  {
    runs,
    unavailable,
    findings,
  }: { runs: readonly Run[]; unavailable: readonly Unavailable[]; findings: readonly Finding[] },
): Map<string, FenceState[]> {
  const byFence = new Map(programs.map((program) => [program.fence, program]));
  const stateOf = (fence: Fence): FenceState => {
    if (fence.isOutput || PLAIN.has(fence.language)) return { ...fence, state: 'plain' };
    if (fence.unchecked !== undefined) return notRun(fence, fence.unchecked);
    if (COMMANDS.has(fence.language) && !fence.run) return { ...fence, state: 'plain' };
    const program = byFence.get(fence);
    if (!program || findings.some((finding) => isIn(finding, program))) return notRun(fence);
    if (runs.some(({ snippet }) => snippet.path === program.snippet.path))
      return { ...fence, state: 'ran', note: 'Ran when this page was built' };
    const missing = unavailable.find(({ snippet }) => snippet.path === program.snippet.path);
    if (missing) return notRun(fence, missing.reason);
    return { ...fence, state: 'compiled', note: 'Compiled, not run' };
  };
  return new Map(pages.map(({ file, fences }) => [file, fences.map(stateOf)]));
}

function notRun(fence: Fence, because?: string): FenceState {
  return { ...fence, state: 'not-run', note: because === undefined ? 'Not run' : `Not run: ${because}` };
}

/** Whether the finding is in the fence, or in the output below it. */
function isIn({ file, line }: Finding, { page, fence, output = fence }: FenceProgram): boolean {
  return file === page && line >= fence.line && line <= output.textLine + output.text.split('\n').length;
}

function outputOfNothing(): Pick<Finding, 'code' | 'message' | 'fix'> {
  return {
    code: 'fence-output-of-nothing',
    message: 'Cannot compare the output: the fence before it is not run, expected one with "run"',
    fix: 'Add "run" to the fence before it, or remove "output".',
  };
}

function withoutRunner(language: string): Pick<Finding, 'code' | 'message' | 'fix'> {
  const known = [...Object.keys(COMPILED), ...Object.keys(RUN)].join(', ');
  return {
    code: 'fence-without-runner',
    message: `Cannot run a fence in "${language}": expected one of ${known}`,
    fix: 'Remove "run".',
  };
}
