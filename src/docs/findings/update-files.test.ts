import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { updateFiles } from './update-files.ts';

const FACTS = `# What confirms what.
statements:
  - from: code.ts "retry" # once
    says:
      - 'Retries once: at first'
      - >-
        Waits for a second
        and goes on
      - Ends
`;

it('changes the strings that findings name, and nothing else', async () => {
  const root = await mkdtemp(join(tmpdir(), 'update-'));
  await writeFile(join(root, 'facts.yaml'), FACTS);
  const finding = { code: 'fact-unused', file: 'facts.yaml', message: '', fix: '' };
  const update = (was: string, becomes: string) => ({ was, becomes, confirmedBy: 'code.ts "retry"' });
  const lines = await updateFiles(root, [
    { ...finding, line: 5, update: update('Retries once: at first', "Retries twice: it's slow") },
    { ...finding, line: 6, update: update('Waits for a second and goes on', 'Waits for two seconds and goes on') },
    { ...finding, line: 9 },
  ]);
  expect(await readFile(join(root, 'facts.yaml'), 'utf8')).toBe(
    FACTS.replace("'Retries once: at first'", `"Retries twice: it's slow"`).replace(
      />-[^]*goes on/,
      'Waits for two seconds and goes on',
    ),
  );
  expect(lines).toEqual([
    'updated facts.yaml:5 "Retries once: at first" → "Retries twice: it\'s slow"\n  make sure that code.ts "retry" still confirms it',
    expect.stringContaining('updated facts.yaml:6'),
  ]);
  await rm(root, { recursive: true });
});
