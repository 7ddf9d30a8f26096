/** What the commands print for --help, compared with the options that they read. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..');

it('lists in the help of each command the options that it reads, with their values', async () => {
  const files = (await Array.fromAsync(glob('**/*.ts', { cwd: SRC }))).map((file) => file.replaceAll('\\', '/'));
  let commands = 0;
  for (const file of files.filter((each) => !each.endsWith('.test.ts'))) {
    const text = await readFile(join(SRC, file), 'utf8');
    const [, help = ''] = /^const HELP = `([^`]*)`/m.exec(text) ?? [];
    const [, table = ''] = /^const OPTIONS = (\{[^]*?\}) as const;/m.exec(text) ?? [];
    if (help === '' || table === '') continue;
    commands++;
    const listed = Array.from(help.matchAll(/^ {2}(--[\w-]+)(?:, -\w)?( <[^>]+>)?/gm), ([, flag, value]) => [
      flag,
      value === undefined ? 'boolean' : 'string',
    ]);
    const read = Array.from(table.matchAll(/([\w'-]+): \{ type: '(\w+)'/g), ([, name = '', type]) => [
      `--${name.replaceAll("'", '')}`,
      type,
    ]);
    const withoutHelp = (options: (string | undefined)[][]) =>
      options.filter(([flag]) => flag !== '--help').toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
    expect({ file, options: withoutHelp(listed) }).toEqual({ file, options: withoutHelp(read) });
  }
  expect(commands).toBeGreaterThan(4);
});
