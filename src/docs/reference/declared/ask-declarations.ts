/** What entries say about their symbols → what the code declares for them, read in a process of its own. */
import { createHash } from 'node:crypto';
import { globSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SdkChecker, answerTask, askCompiler } from '../../typescript/index.ts';
import { type DeclaredEntries, type DeclaredEntry, readDeclarations } from './read-declarations.ts';
import type { SymbolName } from './resolve-symbol.ts';

/** Where the package is. */
export interface PackageSource {
  root: string;
  /** Its entry module, relative to the root. */
  source: string;
  /** The exported class that calls start from, if any. */
  client: string | undefined;
}

interface Task extends PackageSource {
  names: readonly SymbolName[];
}

/** The last answer by package, for the next change of a page. */
const answers = new Map<string, { asked: string; answer: Promise<DeclaredEntries> }>();

/**
 * What the code declares for `names`. Empty if the package has no source in TypeScript; `npm run reference` says why
 * a source cannot be read. Asks again only if the names or the files of the package have changed.
 */
export function askDeclarations(from: PackageSource, names: readonly SymbolName[]): Promise<DeclaredEntries> {
  if (names.length === 0 || !/\.[cm]?tsx?$/.test(from.source)) return Promise.resolve(new Map());
  const task: Task = { ...from, names: names.map(({ key, title, patternBefore }) => ({ key, title, patternBefore })) };
  const asked = JSON.stringify([task, digestOf(from)]);
  const last = answers.get(from.root);
  if (last?.asked === asked) return last.answer;
  const answer = askCompiler<[string, DeclaredEntry][]>(import.meta.filename, task).then((entries) => new Map(entries));
  answers.set(from.root, { asked, answer });
  // A failure is not kept.
  answer.catch(() => answers.delete(from.root));
  return answer;
}

/** Changes with every file beside the entry module or below. */
function digestOf({ root, source }: PackageSource): string {
  const folder = join(root, dirname(source));
  const files = globSync('**/*.{ts,mts,cts,tsx}', {
    cwd: folder,
    exclude: (name) => name === 'node_modules',
  }).toSorted();
  const states = files.map((file) => {
    const { mtimeMs, size } = statSync(join(folder, file));
    return `${file} ${mtimeMs} ${size}`;
  });
  return createHash('sha256').update(states.join('\n')).digest('hex');
}

function answerNow({ root, source, client, names }: Task): [string, DeclaredEntry][] {
  const checker = new SdkChecker({ root, door: source, client });
  try {
    const sdk = checker.readIfModule();
    return sdk ? [...readDeclarations(names, sdk)] : [];
  } finally {
    checker.close();
  }
}

if (import.meta.main) answerTask(answerNow);
