/** Where a snippet runs: in the same time zone and language everywhere, and in an empty folder of its own. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from './run-snippets.ts';

const PLACE_TS = `console.log(new Date(0).toString());
console.log(new Date(0).toLocaleString(), (1234.5).toLocaleString(), Intl.DateTimeFormat().resolvedOptions().locale);
console.log(new Intl.DateTimeFormat().resolvedOptions().timeZone, ['z', 'ä', 'a'].sort(Intl.Collator().compare).join());`;
const WRITES_TS = `import { readdirSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
console.log(readdirSync('.').length);
writeFileSync('written-by-snippet.txt', 'text');
mkdtempSync(tmpdir() + '/written-by-snippet-');
console.log(readdirSync('.').length);`;
const OUTSIDE_TS = `import { writeFileSync } from 'node:fs';
writeFileSync(new URL('written-by-snippet.txt', import.meta.url), 'text');`;
const PYTHON_WRITES = `import os, tempfile
print(os.listdir("."))
open("written-by-snippet.txt", "w").write("text")
open(tempfile.mkstemp()[1], "w").write("text")
print(len(os.listdir(".")))`;

/** They run in the order of their names. */
const PROGRAMS: Record<string, string> = {
  'alone-outside.ts': `// @standalone\n${OUTSIDE_TS}`,
  'alone-place.ts': `// @standalone\n${PLACE_TS}`,
  'alone-writes.ts': `// @standalone\n${WRITES_TS}`,
  'native-place.sh': '# @native date\ndate -d @0 2>/dev/null || date -r 0\necho "$LC_ALL $TMPDIR" | grep -c snippet-',
  'native-writes.sh': '# @native ls wc\necho text > written-by-snippet.txt\nls | wc -l | tr -d " "',
  'outside.ts': OUTSIDE_TS,
  'place.py': 'import datetime, time\nprint(datetime.datetime.fromtimestamp(0), time.timezone)',
  'place.rb': "puts Time.at(0).to_s\nputs 'ä'.length, File.write('a.txt', 'ä'), File.read('a.txt').encoding",
  'place.ts': PLACE_TS,
  'writes-again.py': PYTHON_WRITES,
  'writes-again.rb': "p Dir.children('.')\nFile.write('written-by-snippet.txt', 'text')\np Dir.children('.').size",
  'writes-again.ts': WRITES_TS,
  'writes.py': PYTHON_WRITES,
  'writes.rb': "p Dir.children('.')\nFile.write('written-by-snippet.txt', 'text')\np Dir.children('.').size",
  'writes.ts': WRITES_TS,
};

const HERE = import.meta.dirname;
let root: string;
let offset: number;
const runs = new Map<string, Run>();

/** In a terminal in Tokyo whose language is German. */
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'place-'));
  mkdirSync(join(root, 'snippets'));
  symlinkSync(fileURLToPath(new URL('../../../../node_modules', import.meta.url)), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  for (const [id, text] of Object.entries(PROGRAMS))
    writeFileSync(join(root, 'snippets', id), `${text}\n\n${id.endsWith('.ts') ? '//' : '#'} Output:\n`);
  const url = (file: string) => JSON.stringify(pathToFileURL(join(HERE, file)).href);
  const code = `
    const { plainProject } = await import(${url('../../options/testdata/plain-project.ts')});
    const { readSnippets } = await import(${url('../source/read.ts')});
    const { runSnippets } = await import(${url('run-snippets.ts')});
    const project = plainProject(${JSON.stringify(root)});
    const { snippets } = await readSnippets(project);
    const { runs } = await runSnippets(snippets, { project, issueEnvironment: async () => ({}) });
    console.log(JSON.stringify({ runs, offset: new Date(0).getTimezoneOffset() }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    env: { PATH: process.env['PATH'], TZ: 'Asia/Tokyo', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' },
    cwd: root,
  });
  const told = JSON.parse(stdout) as { runs: Run[]; offset: number };
  offset = told.offset;
  for (const run of told.runs) runs.set(run.snippet.id, run);
}, 240_000);
afterAll(() => rmSync(root, { recursive: true }));

const printed = (id: string) => {
  const run = runs.get(id);
  expect(run?.ending, id).toEqual({ kind: 'ended', exitCode: 0 });
  return run?.output;
};

it('runs all of them in a terminal with another time zone', () => {
  expect(offset).toBe(-540);
  expect([...runs.keys()].sort()).toEqual(Object.keys(PROGRAMS).sort());
});

describe('the time zone is UTC and the language English', () => {
  it.each(['place.ts', 'alone-place.ts'])('for %s', (id) => {
    expect(printed(id)).toEqual([
      'Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)',
      '1/1/1970, 12:00:00 AM 1,234.5 en-US',
      'UTC a,ä,z',
    ]);
  });

  it('for Python', () => expect(printed('place.py')).toEqual(['1970-01-01 00:00:00 0']));
  it('for Ruby, which reads files as UTF-8', () =>
    expect(printed('place.rb')).toEqual(['1970-01-01 00:00:00 +0000', '1', '2', 'UTF-8']));
  it('for the shell', () => expect(printed('native-place.sh')).toEqual(['Thu Jan  1 00:00:00 UTC 1970', '1']));
});

describe('files that a snippet writes', () => {
  it.each(['writes.ts', 'writes-again.ts', 'alone-writes.ts'])('are in the empty folder of %s', (id) => {
    expect(printed(id)).toEqual(['0', '2']);
  });
  it.each(['writes.py', 'writes-again.py'])('are in the empty folder of %s', (id) => {
    expect(printed(id)).toEqual(['[]', '2']);
  });
  it.each(['writes.rb', 'writes-again.rb'])('are in the empty folder of %s', (id) => {
    expect(printed(id)).toEqual(['[]', '1']);
  });
  it('are in the empty folder of native-writes.sh', () => expect(printed('native-writes.sh')).toEqual(['1']));

  it.each(['outside.ts', 'alone-outside.ts'])('are findings if %s writes them into the project', (id) => {
    const [finding] = runs.get(id)?.findings ?? [];
    expect(finding).toMatchObject({
      code: 'run-writes-outside',
      line: id === 'outside.ts' ? 2 : 3,
      message: 'Cannot finish: it writes snippets/written-by-snippet.txt outside its own folder',
    });
  });

  it('are never in the project, and are removed', () => {
    const left = readdirSync(root, { recursive: false }).filter((name) => name.includes('written'));
    expect(left).toEqual([]);
    expect(existsSync(join(root, 'snippets/written-by-snippet.txt'))).toBe(false);
    expect(readdirSync(join(root, 'snippets')).sort()).toEqual(Object.keys(PROGRAMS).sort());
  });
});
