/** The file of accepted findings: it separates them from new ones, and fixed ones must leave the file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { UsageError } from './command-line.ts';
import { type Finding, sortFindings } from './finding.ts';
import { replaceFile } from './replace-file.ts';

/** The command that makes a finding, and accepts it. */
export type Check = 'pages' | 'reference';

const schema = z.strictObject({
  findings: z.array(
    z.strictObject({
      file: z.string(),
      code: z.string(),
      message: z.string(),
      /** How many findings of the file have this code and message. Default 1. */
      count: z.int().min(2).optional(),
      check: z.literal('reference').optional(),
      /** Written by hand: why it is accepted. */
      reason: z.string().optional(),
    }),
  ),
});

/** Findings with the same file, code and message; their lines may change. */
export type KnownFinding = z.output<typeof schema>['findings'][number];

interface Listed {
  /** Absolute path of the project. */
  root: string;
  /** The file, relative to `root`; undefined if the options name none. */
  knownFindings: string | undefined;
}

/** Reads the file; without one, no finding is accepted. Throws a `UsageError` if it has another shape. */
export async function readKnownFindings({ root, knownFindings: file }: Listed): Promise<KnownFinding[]> {
  if (file === undefined) return [];
  let text: string;
  try {
    text = await readFile(join(root, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text)).findings;
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const what = issue ? `${issue.path.join('.')}: ${issue.message}` : (error as Error).message;
    throw new UsageError(`Cannot read ${file}: ${what}. Write it with: npm run pages -- --accept`);
  }
}

export interface Separated {
  /** New findings, and one for each accepted finding that is fixed. */
  findings: Finding[];
  /** The accepted findings. */
  known: Finding[];
}

/**
 * Separates accepted findings from new ones. If `complete`, `findings` are all that `check` makes, and an accepted one that
 * is not among them is a finding of its own.
 */
export function separateKnown(
  findings: readonly Finding[],
  accepted: readonly KnownFinding[],
  { check, complete }: { check: Check; complete: boolean },
): Separated {
  const own = accepted.filter((each) => (each.check ?? 'pages') === check);
  const left = new Map(own.map((each) => [identityOf(each), each.count ?? 1]));
  const separated: Separated = { findings: [], known: [] };
  for (const finding of sortFindings(findings)) {
    const count = left.get(identityOf(finding)) ?? 0;
    left.set(identityOf(finding), count - 1);
    separated[count > 0 ? 'known' : 'findings'].push(finding);
  }
  if (complete)
    separated.findings.push(...own.filter((each) => (left.get(identityOf(each)) ?? 0) > 0).map(describeFixed));
  return separated;
}

/** Accepts `findings`, which are all that `check` makes; findings of other checks, and reasons, stay in the file. */
export async function acceptFindings(listed: Listed, findings: readonly Finding[], check: Check): Promise<string> {
  const file = listed.knownFindings;
  if (file === undefined)
    throw new UsageError(
      "Cannot accept findings: docs() names no file for them. Add knownFindings: 'known-findings.json' to its options.",
    );
  const former = await readKnownFindings(listed);
  const reasons = new Map(former.map((each) => [identityOf(each), each.reason]));
  const groups = Map.groupBy(sortFindings(findings), identityOf);
  const accepted = [...groups].map(([identity, [first, ...more]]): KnownFinding => {
    const { file: at = '', code = '', message = '' } = first ?? {};
    const reason = reasons.get(identity);
    return {
      file: at,
      code,
      message,
      ...(more.length > 0 && { count: more.length + 1 }),
      ...(check === 'reference' && { check }),
      ...(reason !== undefined && { reason }),
    };
  });
  const others = former.filter((each) => (each.check ?? 'pages') !== check);
  const byPlace = (a: KnownFinding, b: KnownFinding) => (identityOf(a) < identityOf(b) ? -1 : 1);
  const text = JSON.stringify({ findings: [...others, ...accepted].toSorted(byPlace) }, null, 2);
  await replaceFile(join(listed.root, file), `${text}\n`);
  return file;
}

/** Numbers, such as lines of the file, may change. */
function identityOf({ file, code, message }: Pick<Finding, 'file' | 'code' | 'message'>): string {
  return [file, code, message.replaceAll(/\d+/g, '#')].join('\n');
}

function describeFixed({ code, file, message, check }: KnownFinding): Finding {
  return {
    code: 'known-finding-fixed',
    file,
    line: 1,
    message: `Cannot find the accepted "${code}" any more: ${message}`,
    fix: `It is fixed. Update the list: npm run ${check ?? 'pages'} -- --accept`,
  };
}
