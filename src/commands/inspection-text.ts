/** An inspection → text for a terminal: the verdict, what is wrong and what to do, then each step. */
import { styleText } from 'node:util';
import type { Inspection, Outcome, Step } from '../sdk/inspect/index.ts';

const MARKS: Readonly<Record<Outcome, string>> = { passed: '✓', failed: '✗', warned: '!', skipped: '–' };
const SEVERITY_MARKS = { error: '✗', warning: '!', note: 'i' };
const MARK_STYLES = { '✓': 'green', '✗': 'red', '!': 'yellow', '–': 'dim', i: 'cyan' } as const;

/** The same with whole addresses of pages, where the origin is known. */
export function withAddresses(inspection: Inspection, origin: string): Inspection {
  const { verdict, causes } = inspection;
  return {
    ...inspection,
    verdict: verdict.page === undefined ? verdict : { ...verdict, page: origin + verdict.page },
    causes: causes.map((cause) => ({ ...cause, page: origin + cause.page })),
  };
}

export function describeInspection({ verdict, causes, steps }: Inspection, colours: boolean): string {
  const style = (name: Parameters<typeof styleText>[0], text: string) => (colours ? styleText(name, text) : text);
  const mark = (sign: string) => style(MARK_STYLES[sign as keyof typeof MARK_STYLES] ?? 'reset', sign);
  const dim = (text: string) => style('dim', text);
  const heading = (text: string) => style('bold', text);
  const sign = verdict.authenticated === undefined ? '–' : verdict.authenticated ? '✓' : '✗';
  const lines = [
    `${mark(sign)} ${heading(describeVerdict(verdict))}`,
    `  ${verdict.meaning}`,
    ...(verdict.page === undefined ? [] : [`  ${dim(verdict.page)}`]),
  ];
  if (causes.length > 0) lines.push('', heading('What is wrong, and what to do'));
  for (const { severity, problem, remedy, page } of causes) {
    lines.push(`  ${mark(SEVERITY_MARKS[severity])} ${problem}`, `    ${remedy}`, `    ${dim(page)}`);
  }
  lines.push('', heading('What authenticate() does'));
  let cookie: string | undefined;
  for (const [index, step] of steps.entries()) {
    if (step.cookie !== cookie) lines.push(`  ${dim(step.cookie ?? '')}`);
    cookie = step.cookie;
    lines.push(`  ${mark(MARKS[step.outcome])} ${index + 1}. ${step.summary}`, ...describeFacts(step).map(dim));
  }
  return `${lines.join('\n')}\n`;
}

function describeVerdict({ authenticated, reason }: Inspection['verdict']): string {
  if (authenticated) return 'Authenticated';
  if (authenticated === false) return `Not authenticated: ${reason}`;
  return reason === undefined ? 'Not decided' : `It throws: ${reason}`;
}

function describeFacts({ facts }: Step): string[] {
  const width = Math.max(0, ...facts.map(({ label }) => label.length));
  return facts.map(({ label, value }) => `       ${label.padEnd(width)}  ${value}`);
}
