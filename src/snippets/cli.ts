/** `npm run snippets [-- names…]`: verifies the programs of snippets/, or rewrites their outputs. */
import { parseArgs } from 'node:util';
import { formatFindings, nearestName } from '../findings/index.ts';
import { PROJECT_ROOT } from './source/read.ts';
import { explainUnstable, updateOutputs } from './update.ts';
import { UnknownSnippetError, type Verification, type VerifyOptions, verifySnippets } from './verify.ts';

const OPTIONS = {
  update: { type: 'boolean', short: 'u' },
  isolate: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `Usage: npm run snippets [-- names… options]

Reads, type-checks and runs the programs of snippets/, and compares what they print with their "// Output:".
Names are file names with or without ending; without any, all programs are verified.

  --update, -u  write the output of programs where it differs or is missing, then verify again
  --isolate     give every program a process of its own, as a reader would
  --json        print data instead of text
  --help, -h    print this

Exit code: 0 without findings, 1 with findings, 2 for a wrong option or name.`;

const ERASE_LINE = '\r\u001B[2K';

/** Where the command prints to. */
export interface Streams {
  out: (text: string) => void;
  error: (text: string) => void;
  /** Prints what is under way; left out where nobody watches. */
  progress?: (text: string) => void;
}

/** Runs the command on the project below `root` and returns its exit code. */
export async function runCommand(args: readonly string[], streams: Streams, root = PROJECT_ROOT): Promise<number> {
  const { values, names, wrong } = readArguments(args);
  if (wrong !== undefined) {
    streams.error(`${wrong}\nnpm run snippets -- --help lists the options.`);
    return 2;
  }
  if (values.help) {
    streams.out(HELP);
    return 0;
  }
  const startedAt = performance.now();
  let count = 0;
  const options: VerifyOptions = {
    root,
    names: names.length > 0 ? names : undefined,
    isolation: values.isolate ? 'process' : 'shared',
    onRun: ({ snippet }) => streams.progress?.(`${ERASE_LINE}${(count += 1)} ${snippet.id}`),
  };
  try {
    const first = await verifySnippets(options);
    const updated = values.update ? await updateOutputs(first, root) : [];
    const verification = updated.length > 0 ? await verifySnippets(options) : first;
    streams.progress?.(ERASE_LINE);
    report({ verification, updated, durationMs: performance.now() - startedAt }, values.json ? 'json' : 'text', streams);
    return verification.findings.length > 0 ? 1 : 0;
  } catch (error) {
    streams.progress?.(ERASE_LINE);
    if (!(error instanceof UnknownSnippetError)) throw error;
    streams.error(error.message);
    return 2;
  }
}

function readArguments(args: readonly string[]) {
  const { values, positionals: names, tokens } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  const known = Object.entries(OPTIONS).flatMap(([name, option]) => [`--${name}`, ...('short' in option ? [`-${option.short}`] : [])]);
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (!known.includes(token.rawName)) {
      const nearest = nearestName(token.rawName, known);
      return { values, names, wrong: `Cannot verify snippets: there is no option "${token.rawName}"${nearest === undefined ? '' : ` (nearest "${nearest}")`}` };
    }
    if (token.value !== undefined) {
      return { values, names, wrong: `Cannot verify snippets: "${token.rawName}" was given a value, none is wanted` };
    }
  }
  return { values, names, wrong: undefined };
}

interface Report {
  verification: Verification;
  updated: string[];
  durationMs: number;
}

function report({ verification, updated, durationMs }: Report, form: 'text' | 'json', { out }: Streams): void {
  const { snippets, runs, unavailable } = verification;
  const findings = verification.findings.map((finding) => explainUnstable(finding, updated));
  if (form === 'json') {
    const described = snippets.map(({ id, path, language, ran, ranOn, notRunBecause, output, printedAt, durationMs: took, directives }) =>
      ({ id, path, language, ran, ranOn, notRunBecause, output, printedAt, durationMs: took, directives }));
    out(JSON.stringify({ snippets: described, findings, updated, durationMs }, undefined, 2));
    return;
  }
  for (const path of updated) out(`updated ${path}`);
  for (const line of describeOptOuts(verification)) out(line);
  for (const { snippet, reason } of verification.unavailable) out(`${snippet.path}: NOT RUN (${reason})`);
  // Its last line counts the findings, which the summary does as well.
  if (findings.length > 0) out(`${formatFindings(findings).split('\n').slice(0, -1).join('\n')}\n`);
  const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const notRun = unavailable.length > 0 ? [`${unavailable.length} NOT RUN`] : [];
  const summary = [`${runs.length} ran`, ...notRun, counted(findings.length, 'finding'), `${(durationMs / 1000).toFixed(1)} s`];
  out(`${counted(verification.count, 'snippet')}: ${summary.join(', ')}`);
}

/** Opt-outs are few, and each is named in every report. */
function describeOptOuts({ optOuts }: Verification): string[] {
  return optOuts.map(({ path, directives: { noRun, throws, standalone } }) => {
    const how = [noRun && `not run (${noRun.reason})`, throws && `throws ${throws.name}`, standalone && 'in a process of its own'];
    return `${path}: ${how.filter(Boolean).join(', ')}`;
  });
}

if (import.meta.main) {
  process.exitCode = await runCommand(process.argv.slice(2), {
    out: (text) => console.log(text),
    error: (text) => console.error(text),
    ...(process.stderr.isTTY && { progress: (text: string) => process.stderr.write(text) }),
  });
}
