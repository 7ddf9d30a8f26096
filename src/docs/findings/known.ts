/** Findings that a project knows of and has not fixed yet, kept apart from new ones. */
import type { Finding } from './finding.ts';

/** All findings with this code in this file. */
export interface KnownFinding {
  code: string;
  /** Path from the project's root. */
  file: string;
  /** Why it is not fixed yet. */
  reason: string;
}

/**
 * The findings that are not known, and how many are. If `complete`, `findings` are all there are, and a known one that is
 * not among them is a finding of its own: it is fixed, and must leave the list.
 */
export function separateKnown(
  findings: readonly Finding[],
  known: readonly KnownFinding[],
  { complete }: { complete: boolean },
): { findings: Finding[]; known: number } {
  const isKnown = ({ code, file }: Finding) => known.some((each) => each.code === code && each.file === file);
  const fixed = known.filter(({ code, file }) => !findings.some((each) => each.code === code && each.file === file));
  const news = findings.filter((finding) => !isKnown(finding));
  return {
    findings: complete ? [...news, ...fixed.map(describeFixed)] : news,
    known: findings.length - news.length,
  };
}

function describeFixed({ code, file }: KnownFinding): Finding {
  return {
    code: 'known-finding-fixed',
    file,
    line: 1,
    message: `Cannot find "${code}" in ${file}, which "knownFindings" of docs() lists`,
    fix: 'Remove it from the list.',
  };
}
