/** What came of a run → a report: plain data that can be merged, and the text, JSON and JUnit XML made of it. */
import { type Finding, formatFindings, formatJUnit } from '../findings/index.ts';
import { type Callable, checkCalls } from './compiler/calls.ts';
import type { Shard } from './selection.ts';
import type { Verification, VerifiedSnippet } from './verify.ts';

type ReportedSnippet = Pick<
  VerifiedSnippet,
  'id' | 'path' | 'language' | 'ran' | 'ranOn' | 'notRunBecause' | 'output' | 'printedAt' | 'durationMs' | 'calls'
>;

export interface Report {
  /** The share of the programs it is about; left out where it is about all. */
  shard?: Shard;
  /** Programs without a fault. */
  snippets: ReportedSnippet[];
  findings: Finding[];
  /** Everything of the package that can be called. */
  callables: Callable[];
  /** Paths of files whose output was written. */
  updated: string[];
  /** A line for each program that is treated differently from the others. */
  optOuts: string[];
  count: number;
  ranCount: number;
  /** How many of those that ran had run before, and were not run again. */
  recalledCount: number;
  durationMs: number;
  seed?: number;
}

export function describeReport(
  verification: Verification,
  {
    updated,
    durationMs,
    shard,
    seed,
  }: Pick<Report, 'updated' | 'durationMs'> & { shard: Shard | undefined; seed: number | undefined },
): Report {
  const { snippets, findings, calls, count, runs, recalled } = verification;
  return {
    ...(shard && { shard }),
    snippets: snippets.map(
      ({ id, path, language, ran, ranOn, notRunBecause, output, printedAt, durationMs: took, calls: called }) => ({
        id,
        path,
        language,
        ran,
        ranOn,
        notRunBecause,
        output,
        printedAt,
        durationMs: took,
        calls: called,
      }),
    ),
    findings,
    callables: calls.callables,
    updated,
    optOuts: [
      ...describeOptOuts(verification),
      ...verification.unavailable.map(({ snippet, reason }) => `${snippet.path}: NOT RUN (${reason})`),
    ],
    count,
    ranCount: runs.length,
    recalledCount: recalled,
    durationMs,
    ...(seed !== undefined && { seed }),
  };
}

/** Opt-outs are few, and each is named in every report. */
function describeOptOuts({ optOuts }: Verification): string[] {
  return optOuts.map(({ path, directives: { noRun, throws, standalone } }) => {
    const how = [
      noRun && `not run (${noRun.reason})`,
      throws && `throws ${throws.name}`,
      standalone && 'in a process of its own',
    ];
    return `${path}: ${how.filter(Boolean).join(', ')}`;
  });
}

export function formatReport(report: Report): string {
  const { findings, updated, optOuts, count, ranCount, recalledCount, durationMs, shard, seed } = report;
  const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const notRun = optOuts.filter((line) => line.includes(': NOT RUN (')).length;
  const summary = [
    `${ranCount - recalledCount} ran`,
    ...(recalledCount > 0 ? [`${recalledCount} unchanged since they ran`] : []),
    ...(notRun > 0 ? [`${notRun} NOT RUN`] : []),
    counted(findings.length, 'finding'),
    `${(durationMs / 1000).toFixed(1)} s`,
    ...(shard ? [`shard ${shard.index}/${shard.count}`] : []),
    ...(seed === undefined ? [] : [`order of --shuffle ${seed}`]),
  ];
  return [
    ...updated.map((path) => `updated ${path}`),
    ...optOuts,
    // Its last line counts the findings, which the summary does as well.
    ...(findings.length > 0 ? [`${formatFindings(findings).split('\n').slice(0, -1).join('\n')}\n`] : []),
    `${counted(count, 'snippet')}: ${summary.join(', ')}`,
  ].join('\n');
}

/** A case for each program, and one for each page or declaration that has a finding. */
export function formatReportJUnit({ snippets, findings }: Report): string {
  const others = [...Map.groupBy(findings, ({ file }) => file)].filter(
    ([file]) => !snippets.some(({ path }) => path === file),
  );
  return formatJUnit('snippets', [
    ...snippets.map(({ path, durationMs, notRunBecause }) => ({
      file: path,
      durationMs,
      findings: findings.filter(({ file }) => file === path),
      skippedBecause: notRunBecause,
    })),
    ...others.map(([file, of]) => ({ file, durationMs: 0, findings: of })),
  ]);
}

/** For each function and method of the package the programs that call it. */
export function formatUses({ callables, snippets }: Report): string {
  return callables
    .map(({ name }) => {
      const callers = snippets.filter(({ ran, calls }) => ran && calls.includes(name)).map(({ id }) => id);
      return `${name}\n${callers.length === 0 ? '  no program' : callers.map((id) => `  ${id}`).join('\n')}`;
    })
    .join('\n');
}

/** Shards cannot be put together. */
export class IncompleteShardsError extends Error {
  override readonly name = 'IncompleteShardsError';
}

/** The reports of all shards as one, with what can only be told of all programs. Throws an `IncompleteShardsError`. */
export function mergeReports(reports: readonly Report[]): Report {
  const count = reports[0]?.shard?.count ?? 0;
  const given = reports.map(({ shard }) => (shard?.count === count ? shard.index : 0)).toSorted((a, b) => a - b);
  const wanted = Array.from({ length: count }, (_, index) => index + 1);
  if (count === 0 || given.join() !== wanted.join()) {
    const found =
      reports.map(({ shard }) => (shard ? `${shard.index}/${shard.count}` : 'one without a shard')).join(', ') ||
      'none';
    throw new IncompleteShardsError(`Cannot merge reports: found ${found}, each shard of one run once is wanted`);
  }
  const snippets = reports.flatMap((report) => report.snippets).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const callables = [
    ...new Map(reports.flatMap((report) => report.callables).map((each) => [each.name, each])).values(),
  ];
  const ran = snippets.filter((snippet) => snippet.ran);
  const calledBy = Object.fromEntries(ran.map(({ path, calls }) => [path, calls]));
  const found = reports.flatMap((report) => report.findings);
  const total = (of: (report: Report) => number) => reports.reduce((sum, report) => sum + of(report), 0);
  return {
    snippets,
    // Programs with findings are not among the snippets, and what they call would seem uncalled.
    findings: found.length > 0 ? found : checkCalls({ callables, calledBy }, ran),
    callables,
    updated: [],
    optOuts: reports.flatMap((report) => report.optOuts),
    count: total((report) => report.count),
    ranCount: total((report) => report.ranCount),
    recalledCount: total((report) => report.recalledCount),
    durationMs: Math.max(...reports.map((report) => report.durationMs)),
  };
}
