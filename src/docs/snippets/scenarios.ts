/** Snippets → their results in every emulator scenario, recorded in a file. */
import { readFile } from 'node:fs/promises';
import { UsageError } from '../findings/index.ts';
import type { Project } from '../options/index.ts';
import { importEmulator } from './run/api-server.ts';
import { runSnippets } from './run/run-snippets.ts';
import { compareOutput } from './match-output.ts';
import type { Snippet } from './source/snippet.ts';

/** The result of a snippet in a scenario. */
export interface ScenarioRun {
  /** Its name in the emulator's `SCENARIOS`. */
  name: string;
  /** Label in the menu. */
  title: string;
  output: string;
  /** Name and message of the error it threw, with `…` for varying parts; absent if it did not throw. */
  threw?: string;
}

/** The recorded runs by id of the snippet. */
export type ScenarioRecord = Readonly<Record<string, readonly ScenarioRun[]>>;

/** The recorded results; empty if the project does not record any. */
export async function readScenarios({ scenarios }: Project): Promise<ScenarioRecord> {
  return scenarios ? (JSON.parse(await readFile(scenarios.record, 'utf8')) as ScenarioRecord) : {};
}

/** Runs the snippets that the project names in every scenario; leaves out those with the same result in all. */
export async function recordScenarios(all: readonly Snippet[], project: Project): Promise<ScenarioRecord> {
  const { names } = project.scenarios ?? {};
  const { startEmulator, SCENARIOS, issueScenario } = (await importEmulator(project)) ?? {};
  if (!names || !startEmulator || !SCENARIOS || !issueScenario)
    throw new UsageError('Cannot record scenarios: the emulator must export SCENARIOS and issueScenario()');
  const scenarios = Object.keys(SCENARIOS);
  const snippets = all.filter(({ language, name }) => language === 'js' && names.test(name));
  const byId = new Map<string, ScenarioRun[]>(snippets.map(({ id }) => [id, []]));
  const emulator = await startEmulator();
  try {
    await Promise.all(
      scenarios.map(async (name) => {
        const { runs } = await runSnippets(snippets, {
          project,
          issueEnvironment: () => issueScenario(emulator, name),
        });
        for (const { snippet, output, ending } of runs) {
          if (ending.kind !== 'ended' && ending.kind !== 'threw')
            throw new Error(
              `Cannot record ${snippet.path} in scenario "${name}": it is ${ending.kind}, expected it to end or throw`,
            );
          const threw = ending.kind === 'threw' ? { threw: withoutAddress(`${ending.name}: ${ending.message}`) } : {};
          // If it printed the expected output, the expectation already marks the varying parts.
          const lines = compareOutput(snippet.expectation, output) ? output : snippet.expectation;
          byId
            .get(snippet.id)
            ?.push({ name, title: SCENARIOS[name]?.title ?? name, output: lines.join('\n'), ...threw });
        }
      }),
    );
  } finally {
    await emulator.close();
  }
  // Keep the order of the scenarios.
  for (const runs of byId.values()) runs.sort((a, b) => scenarios.indexOf(a.name) - scenarios.indexOf(b.name));
  return Object.fromEntries(
    [...byId].filter(([, runs]) => runs.some(({ output, threw }) => threw !== undefined || output !== runs[0]?.output)),
  );
}

/** Port and client id differ in every run. */
function withoutAddress(text: string): string {
  return text.replaceAll(/127\.0\.0\.1:\d+|client_\w+/g, '…');
}
