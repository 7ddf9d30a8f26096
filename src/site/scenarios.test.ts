import { expect, it } from 'vitest';
import { SCENARIOS } from '../emulator/index.ts';
import { type ScenarioRecord, readScenarios, readSnippets, recordScenarios } from '../docs/snippets/index.ts';
import { siteProject } from './docs-options.ts';

const project = siteProject();

/** Failing calls are retried, which takes time. */
const RECORDING_MS_MAX = 60_000;

it('matches what Node does for every snippet and scenario', { timeout: RECORDING_MS_MAX }, async () => {
  const { snippets } = await readSnippets(project);
  const recorded: ScenarioRecord = await recordScenarios(snippets, project);
  await expect(`${JSON.stringify(recorded, undefined, 2)}\n`).toMatchFileSnapshot(project.scenarios?.record ?? '');
});

it('has every scenario for every snippet in the order of the emulator, the default one first', async () => {
  const { snippets } = await readSnippets(project);
  const runs = Object.entries(await readScenarios(project));
  expect(runs.length).toBeGreaterThan(5);
  const saidBy = (id: string, name: string) =>
    Object.fromEntries(runs)[`session-helpers-${id}.ts`]?.find((run) => run.name === name)?.output;
  // A token keeps its role; the next one has the new role.
  expect(saidBy('authenticate', 'demoted')).toBe(saidBy('authenticate', 'valid'));
  expect(saidBy('refresh', 'demoted')).toMatch(/^ada@example\.com stays signed in as member$/m);
  for (const [id, each] of runs) {
    expect(
      each.map(({ name }) => name),
      id,
    ).toEqual(Object.keys(SCENARIOS));
    expect(each[0]?.output, id).toBe(snippets.find((snippet) => snippet.id === id)?.expectation.join('\n'));
    expect(each[0]?.threw, id).toBeUndefined();
  }
});

it('prints a line or throws in every scenario, so that readers see what happened', async () => {
  const silent = Object.entries(await readScenarios(project)).flatMap(([id, runs]) =>
    runs.filter(({ output, threw }) => output === '' && threw === undefined).map(({ name }) => `${id} ${name}`),
  );
  expect(silent).toEqual([]);
});
