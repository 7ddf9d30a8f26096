/**
 * The programs of the session helpers → what each does in every scenario of the emulator but the one it is written for.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCENARIOS, type ScenarioName, issueScenario, startEmulator } from '../../emulator/index.ts';
import { runSnippets } from './run/run-snippets.ts';
import { compareOutput } from './match-output.ts';
import type { Snippet } from './source/snippet.ts';

/** How a program went in a scenario. */
export interface ScenarioRun {
  name: ScenarioName;
  /** As a reader chooses it. */
  title: string;
  output: string;
  /** What it threw, by name and message, with `…` for what differs from run to run; absent where it ended. */
  threw?: string;
}

const NAMES = Object.keys(SCENARIOS) as ScenarioName[];

/** What was recorded; `scenarios.test.ts` holds it against what the programs do, and writes it anew with `-u`. */
export const RECORD_FILE = join(import.meta.dirname, 'scenarios.json');

/** The recorded runs by id of the snippet. */
export type ScenarioRecord = Readonly<Record<string, readonly ScenarioRun[]>>;

export async function readScenarios(): Promise<ScenarioRecord> {
  return JSON.parse(await readFile(RECORD_FILE, 'utf8')) as ScenarioRecord;
}

/** Runs every program whose name says that it is about the helpers; those that never differ are left out. */
export async function recordScenarios(all: readonly Snippet[]): Promise<ScenarioRecord> {
  const snippets = all.filter(({ language, name }) => language === 'js' && name.startsWith('session-helpers-'));
  const byId = new Map<string, ScenarioRun[]>(snippets.map(({ id }) => [id, []]));
  const emulator = await startEmulator();
  try {
    await Promise.all(
      NAMES.map(async (name) => {
        const { runs } = await runSnippets(snippets, { issueEnvironment: () => issueScenario(emulator, name) });
        for (const { snippet, output, ending } of runs) {
          if (ending.kind !== 'ended' && ending.kind !== 'threw')
            throw new Error(
              `Cannot record ${snippet.path} in scenario "${name}": it is ${ending.kind}, an end is wanted`,
            );
          const threw = ending.kind === 'threw' ? { threw: withoutAddress(`${ending.name}: ${ending.message}`) } : {};
          // Where it printed what it has to, what may differ from run to run is known.
          const lines = compareOutput(snippet.expectation, output) ? output : snippet.expectation;
          byId.get(snippet.id)?.push({ name, title: SCENARIOS[name].title, output: lines.join('\n'), ...threw });
        }
      }),
    );
  } finally {
    await emulator.close();
  }
  // Whichever scenario was over first, they are told in their order.
  for (const runs of byId.values()) runs.sort((a, b) => NAMES.indexOf(a.name) - NAMES.indexOf(b.name));
  return Object.fromEntries(
    [...byId].filter(([, runs]) => runs.some(({ output, threw }) => threw !== undefined || output !== runs[0]?.output)),
  );
}

/** Port and client id are others in every run. */
function withoutAddress(text: string): string {
  return text.replaceAll(/127\.0\.0\.1:\d+|client_\w+/g, '…');
}
