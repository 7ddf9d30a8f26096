/** The frontmatter of all pages, and the package → what the code declares for the entries, and where they differ. */
import { createHash } from 'node:crypto';
import { globSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../findings/index.ts';
import type { PageFrontmatter } from '../pages/index.ts';
import { SdkChecker, answerTask, askCompiler } from '../typescript/index.ts';
import { compareWritten } from './conformance/check-reference.ts';
import { type DeclaredEntries, type DeclaredEntry, type SymbolName, readDeclarations } from './declared/index.ts';

/** Where the package is. */
export interface PackageSource {
  root: string;
  /** Its entry module, relative to the root. */
  source: string;
  /** The exported class that calls start from, if any. */
  client: string | undefined;
}

/** A page with entries in the language of the code. */
export interface ExaminedPage {
  frontmatter: PageFrontmatter;
  names: readonly SymbolName[];
}

export interface ExaminedPackage {
  declared: DeclaredEntries;
  /** Differences between the code and the entries that it declares. */
  findings: Finding[];
}

interface Task extends PackageSource {
  pages: readonly ExaminedPage[];
}

interface Answer {
  declared: [string, DeclaredEntry][];
  findings: Finding[];
}

/** The last answer by package, for the next change of a page. */
const answers = new Map<string, { asked: string; answer: Promise<ExaminedPackage> }>();

/**
 * Examines the package in a process of its own. Entries that the code does not declare are left out; `npm run
 * reference` reports them. So is everything if the package has no source in TypeScript. Asks again only if the pages or
 * the files of the package have changed.
 */
export function examinePackage(from: PackageSource, pages: readonly ExaminedPage[]): Promise<ExaminedPackage> {
  if (pages.length === 0 || !/\.[cm]?tsx?$/.test(from.source))
    return Promise.resolve({ declared: new Map(), findings: [] });
  const task: Task = { ...from, pages: pages.map(plainPage) };
  const asked = JSON.stringify([task, digestOf(from)]);
  const last = answers.get(from.root);
  if (last?.asked === asked) return last.answer;
  const answer = askCompiler<Answer>(import.meta.filename, task).then(({ declared, findings }) => ({
    declared: new Map(declared),
    findings,
  }));
  answers.set(from.root, { asked, answer });
  // A failure is not kept.
  answer.catch(() => answers.delete(from.root));
  return answer;
}

/** The page as data that another process can read. */
function plainPage({ frontmatter: { file, page, yaml, firstLine }, names }: ExaminedPage): ExaminedPage {
  return {
    frontmatter: { file, page, yaml, firstLine },
    names: names.map(({ key, title, patternBefore }) => ({ key, title, patternBefore })),
  };
}

/** Changes with every file beside the entry module or below. */
function digestOf({ root, source }: PackageSource): string {
  const folder = join(root, dirname(source));
  const files = globSync('**/*.{ts,mts,cts,tsx}', { cwd: folder, exclude: (name) => name === 'node_modules' });
  const states = files.toSorted().map((file) => {
    const { mtimeMs, size } = statSync(join(folder, file));
    return `${file} ${mtimeMs} ${size}`;
  });
  return createHash('sha256').update(states.join('\n')).digest('hex');
}

function answerNow({ root, source, client, pages }: Task): Answer {
  const checker = new SdkChecker({ root, door: source, client });
  try {
    const sdk = checker.readIfModule();
    if (!sdk) return { declared: [], findings: [] };
    // Most pages of a large site may be about something else.
    const known = pages.filter(({ names }) => readDeclarations(names, sdk).size > 0);
    const declared = readDeclarations(
      known.flatMap(({ names }) => names),
      sdk,
    );
    return { declared: [...declared], findings: compareWritten(withNamed(known, pages), { checker, declared }) };
  } finally {
    checker.close();
  }
}

/** The pages, and those with entries that their rows name as symbols. */
function withNamed(known: readonly ExaminedPage[], pages: readonly ExaminedPage[]): PageFrontmatter[] {
  const symbols = new Set(
    known.flatMap(({ frontmatter }) => [...frontmatter.yaml.matchAll(/\((\w+)[.)]/g)].map(([, name]) => name)),
  );
  return pages
    .filter((page) => known.includes(page) || page.names.some(({ key }) => symbols.has(key)))
    .map(({ frontmatter }) => frontmatter);
}

if (import.meta.main) answerTask(answerNow);
