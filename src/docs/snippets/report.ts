/** The result of a verification → a report, as data and as text. */
import { type Finding, countFindings, formatFindings } from '../findings/index.ts';
import type { Callable } from '../typescript/index.ts';
import type { Snippet } from './source/snippet.ts';
import type { Verification, VerifiedSnippet } from './verify.ts';

type ReportedSnippet = Pick<
  VerifiedSnippet,
  'id' | 'path' | 'language' | 'ran' | 'ranOn' | 'notRunBecause' | 'output' | 'printedAt' | 'durationMs' | 'calls'
>;

export interface Report {
  /** Snippets without findings. */
  snippets: ReportedSnippet[];
  findings: Finding[];
  /** All public functions of the package. */
  callables: Callable[];
  /** Paths of files whose output was updated. */
  updated: string[];
  /** A line for each snippet with directives. */
  optOuts: string[];
  count: number;
  ranCount: number;
  /** How many were unchanged, and not run again. */
  recalledCount: number;
  durationMs: number;
  seed?: number;
}

export function describeReport(
  verification: Verification,
  { updated, durationMs, seed }: Pick<Report, 'updated' | 'durationMs'> & { seed: number | undefined },
): Report {
  const { snippets, findings, calls, count, runs, recalled } = verification;
  return {
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

/** Every report names every opt-out. */
function describeOptOuts({ optOuts }: Verification): string[] {
  const [ofLanguage, own] = [optOuts.filter(isOfLanguage), optOuts.filter((snippet) => !isOfLanguage(snippet))];
  const byReason = Map.groupBy(ofLanguage, ({ language, directives }) => `${language}: ${directives.noRun?.reason}`);
  const languages = [...byReason].map(([reason, snippets]) => `${reason}: ${snippets.length} snippets not run`);
  const lines = own.map(({ path, directives: { noRun, throws, standalone } }) => {
    const how = [
      noRun && `not run (${noRun.reason})`,
      throws && `throws ${throws.name}`,
      standalone && 'in a separate process',
    ];
    return `${path}: ${how.filter(Boolean).join(', ')}`;
  });
  return [...languages, ...lines];
}

/** Whether the options say that its language is not run. */
function isOfLanguage({ directives: { noRun } }: Snippet): boolean {
  return noRun?.line === 0;
}

export function formatReport(report: Report): string {
  const { findings, updated, optOuts, count, ranCount, recalledCount, durationMs, seed } = report;
  const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const notRun = optOuts.filter((line) => line.includes(': NOT RUN (')).length;
  const summary = [
    `${ranCount - recalledCount} ran`,
    ...(recalledCount > 0 ? [`${recalledCount} unchanged`] : []),
    ...(notRun > 0 ? [`${notRun} NOT RUN`] : []),
    countFindings(findings),
    `${(durationMs / 1000).toFixed(1)} s`,
    ...(seed === undefined ? [] : [`order from --seed ${seed}`]),
  ];
  return [
    ...updated.map((path) => `updated ${path}`),
    ...optOuts,
    // Drop the last line, which counts the findings: the summary does so too.
    ...(findings.length > 0 ? [`${formatFindings(findings).split('\n').slice(0, -1).join('\n')}\n`] : []),
    `${counted(count, 'snippet')}: ${summary.join(', ')}`,
  ].join('\n');
}
