/**
 * The snippets of the session helpers → their results in every emulator scenario except the default one.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCENARIOS, type ScenarioName, issueScenario, startEmulator } from '../../emulator/index.ts';
import { runSnippets } from './run/run-snippets.ts';
import { compareOutput } from './match-output.ts';
import type { Snippet } from './source/snippet.ts';

/** The result of a snippet in a scenario. */
export interface ScenarioRun {
  name: ScenarioName;
  /** Label in the menu. */
  title: string;
  output: string;
  /** Name and message of the error it threw, with `…` for varying parts; absent if it did not throw. */
  threw?: string;
}

const NAMES = Object.keys(SCENARIOS) as ScenarioName[];

/** The recorded results; `scenarios.test.ts` compares them with actual runs, and updates them with `-u`. */
export const RECORD_FILE = join(import.meta.dirname, 'scenarios.json');

/** The recorded runs by id of the snippet. */
export type ScenarioRecord = Readonly<Record<string, readonly ScenarioRun[]>>;

export async function readScenarios(): Promise<ScenarioRecord> {
  return JSON.parse(await readFile(RECORD_FILE, 'utf8')) as ScenarioRecord;
}

/** Runs every `session-helpers-` snippet; snippets with the same result everywhere are left out. */
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
              `Cannot record ${snippet.path} in scenario "${name}": it is ${ending.kind}, expected it to end or throw`,
            );
          const threw = ending.kind === 'threw' ? { threw: withoutAddress(`${ending.name}: ${ending.message}`) } : {};
          // If it printed the expected output, the expectation already marks the varying parts.
          const lines = compareOutput(snippet.expectation, output) ? output : snippet.expectation;
          byId.get(snippet.id)?.push({ name, title: SCENARIOS[name].title, output: lines.join('\n'), ...threw });
        }
      }),
    );
  } finally {
    await emulator.close();
  }
  // Keep the order of the scenarios.
  for (const runs of byId.values()) runs.sort((a, b) => NAMES.indexOf(a.name) - NAMES.indexOf(b.name));
  return Object.fromEntries(
    [...byId].filter(([, runs]) => runs.some(({ output, threw }) => threw !== undefined || output !== runs[0]?.output)),
  );
}

/** Port and client id differ in every run. */
function withoutAddress(text: string): string {
  return text.replaceAll(/127\.0\.0\.1:\d+|client_\w+/g, '…');
}
