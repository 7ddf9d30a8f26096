/**
 * Runs correct and faulty Ruby and Python snippets: results have line numbers, and snippets do not affect each other.
 */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteProject } from '../../../../site/docs-options.ts';
import { plainProject } from '../../../options/testdata/plain-project.ts';
import { readSnippets } from '../../source/read.ts';
import type { Limits } from '../outcome.ts';
import { type Run, runSnippets } from '../run-snippets.ts';

/** They run in the order of their names, in one thread per language, and end by themselves. */
const ENDING: Record<string, string> = {
  'a-prints.py':
    'import sys\nprint("one", end="")\nprint(" line")\nsys.stdout.write("two\\n")\nprint("unseen", file=sys.stderr)',
  'a-prints.rb': "print 'one'\nputs ' line'\n$stdout << \"two\\n\"\nwarn 'unseen'",
  'b-forgets-import.py': 'client = WorkOSClient(api_key="a")',
  'b-forgets-require.rb': "WorkOS.configure { |config| config.key = 'a' }",
  'c-defines.py': 'import json, workos\nleft = 1\njson.left = 2\nworkos.left = 3\nimport os\nos.environ["LEFT"] = "4"',
  'c-defines.rb': "require 'workos'\n$left = 1\nLEFT = 2\ndef left_behind = 3\nWorkOS::LEFT = 4\nENV['LEFT'] = '5'",
  'd-finds-nothing.py':
    'import os, workos\nprint("left" in globals(), hasattr(workos, "left"), os.environ.get("LEFT"))',
  'd-finds-nothing.rb':
    "require 'workos'\np [$left, defined?(LEFT), respond_to?(:left_behind, true), defined?(WorkOS::LEFT), ENV['LEFT']]",
  'e-syntax.py': 'print("a")\nif True\n  print("b")',
  'e-syntax.rb': "puts 'a'\nend",
  'f-raises.py': 'def deep():\n    raise KeyError("no such page")\n\nprint("before")\ndeep()',
  'f-raises.rb': "def deep\n  raise KeyError, 'no such page'\nend\n\nputs 'before'\ndeep",
  'g-exits.py': 'import sys\nsys.exit(3)',
  'g-exits.rb': 'exit 3',
};

/** The first and the last are stopped. */
const ENDLESS: Record<string, string> = {
  'h-never-ends.py': 'print("before")\nwhile True:\n    pass',
  'h-never-ends.rb': "puts 'before'\nloop {}",
  'i-goes-on.py': 'import sys\nprint(sys.version_info.major)',
  'i-goes-on.rb': 'puts RUBY_ENGINE',
  'j-floods.py': 'while True:\n    print("x" * 1000)',
  'j-floods.rb': "loop { puts 'x' * 1000 }",
};

/** Interpreters take a while to load on a busy machine. */
const BUSY_MS = 240_000;

let root: string;
const runs = new Map<string, Run>();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'interpreters-'));
  await mkdir(join(root, 'snippets'));
  for (const [name, text] of Object.entries({ ...ENDING, ...ENDLESS }))
    await writeFile(join(root, 'snippets', name), `${text}\n\n# Output:\n`);
  // Use this project's stand-ins for the snippets that forget to import them.
  const project = plainProject(root, { faces: siteProject().faces });
  const { snippets } = await readSnippets(project);
  const issueEnvironment = async () => ({ GIVEN: 'yes' });
  const add = async (programs: object, limits: Partial<Limits>) => {
    const chosen = snippets.filter(({ id }) => Object.hasOwn(programs, id));
    const result = await runSnippets(chosen, { project, issueEnvironment, ...limits });
    for (const run of result.runs) runs.set(run.snippet.id, run);
  };
  await add(ENDING, {});
  // The limit applies once the interpreter is loaded.
  await add(ENDLESS, { runTimeoutMs: 1_000, outputBytesMax: 20_000 });
}, BUSY_MS);
afterAll(() => rm(root, { recursive: true }));

const run = (id: string): Run => {
  const found = runs.get(id);
  if (!found) throw new Error(`Cannot check ${id}: it did not run`);
  return found;
};

describe.each(['py', 'rb'])('a .%s snippet', (ending) => {
  it('has its standard output reported by line, with the line that printed it', () => {
    expect(run(`a-prints.${ending}`)).toMatchObject({
      output: ['one line', 'two'],
      printedAt: ending === 'py' ? [2, 4] : [1, 3],
      ending: { kind: 'ended', exitCode: 0 },
    });
  });

  it('does not see a library that it did not import, even if others did', () => {
    const [id, name] = ending === 'py' ? ['b-forgets-import.py', 'NameError'] : ['b-forgets-require.rb', 'NameError'];
    expect(run(id).ending).toMatchObject({ kind: 'threw', name, line: 1 });
  });

  it('sees no changes of another snippet', () => {
    expect(run(`c-defines.${ending}`).ending).toEqual({ kind: 'ended', exitCode: 0 });
    expect(run(`d-finds-nothing.${ending}`)).toMatchObject({
      output: [ending === 'py' ? 'False False None' : '[nil, nil, false, nil, nil]'],
      ending: { kind: 'ended', exitCode: 0 },
    });
  });

  it('has syntax errors reported with the line', () => {
    expect(run(`e-syntax.${ending}`)).toMatchObject({
      output: [],
      ending: { kind: 'threw', name: 'SyntaxError', line: 2 },
    });
  });

  it('has its error reported with its own innermost line', () => {
    expect(run(`f-raises.${ending}`)).toMatchObject({
      output: ['before'],
      ending: { kind: 'threw', name: 'KeyError', message: expect.stringContaining('no such page'), line: 2 },
    });
  });

  it('can end with an exit code', () => {
    expect(run(`g-exits.${ending}`).ending).toEqual({ kind: 'ended', exitCode: 3 });
  });

  it('is stopped if it never ends, or prints too much', () => {
    expect(run(`h-never-ends.${ending}`)).toMatchObject({
      output: ['before'],
      ending: { kind: 'timed-out', open: 'busy' },
    });
    expect(run(`j-floods.${ending}`).ending).toEqual({ kind: 'flooded' });
  });

  it('runs after the previous one was stopped', () => {
    expect(run(`i-goes-on.${ending}`)).toMatchObject({
      output: [ending === 'py' ? '3' : 'ruby'],
      ending: { kind: 'ended' },
    });
    expect(run(`i-goes-on.${ending}`).ranOn).toMatch(ending === 'py' ? /^Python 3\.\d+/ : /^Ruby 3\.\d/);
  });
});
