/** Tests the native Ruby and Python snippets with the test vectors of the seal, and with modified seals. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NATIVE_INSTALL } from '../not-run.ts';
import { findInterpreter } from '../docs/snippets/run/native/run-native.ts';
import { RUNNERS } from '../docs/snippets/run/runners.ts';
import { readSnippets } from '../docs/snippets/index.ts';
import { startEmulator } from '../emulator/index.ts';
import { siteProject } from './docs-options.ts';

const PROJECT_ROOT = join(import.meta.dirname, '../..');

interface Vector {
  about: string;
  password: string;
  sealed: string;
  data: unknown;
}

const TESTDATA = join(import.meta.dirname, 'testdata/native');
const vectors = JSON.parse(
  await readFile(join(PROJECT_ROOT, 'src/sdk/testdata/seal-vectors.json'), 'utf8'),
) as Vector[];
const { snippets } = await readSnippets(siteProject());
const [first] = vectors;
if (!first) throw new Error('Cannot test the native snippets: found no test vectors, expected at least one');

/** Seals with a changed last character in each part, and texts that are not seals. */
const CHANGED = [
  ...first.sealed.split('*').map((_, part) =>
    first.sealed
      .split('*')
      .map((text, index) => (index === part ? changed(text) : text))
      .join('*'),
  ),
  '',
  'theme=dark',
  `${first.sealed}*`,
  first.sealed.slice(1),
  'é'.repeat(100),
  'x'.repeat(100_000),
];

function changed(text: string): string {
  const at = text.replace(/~\d$/, '').length - 2;
  return text === '' ? '1' : `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;
}

/** The command that runs the snippet, and its path; undefined if the machine cannot run it. */
async function findCommand(ending: string): Promise<[command: string, path: string] | undefined> {
  const snippet = snippets.find(({ id }) => id === `open-a-node-session${ending}`);
  const native = RUNNERS[ending === '.rb' ? 'ruby' : 'python']?.native;
  if (!snippet || !native)
    throw new Error(`Cannot test the native snippets: there is none with ${ending}, expected one`);
  const interpreter = await findInterpreter(native, snippet.directives.native?.libraries ?? []);
  return interpreter && [interpreter.command, join(PROJECT_ROOT, snippet.path)];
}

async function openAll(ending: string, given: [seal: string, password: string][]): Promise<unknown[] | undefined> {
  const found = await findCommand(ending);
  if (!found) return undefined;
  const [command, path] = found;
  const running = promisify(execFile)(command, [join(TESTDATA, `unseal${ending}`), path]);
  running.child.stdin?.end(JSON.stringify(given));
  return JSON.parse((await running).stdout) as unknown[];
}

describe.each(['.rb', '.py'])('the snippet open-a-node-session%s', (ending) => {
  const seals = CHANGED.map((seal): [string, string] => [seal, first.password]);
  const wrong: [string, string][] = [...seals, [first.sealed, 'another password of thirty-two characters']];
  let all: Promise<unknown[] | undefined> | undefined;
  /** In one process for both tests. */
  const openOnce = () =>
    (all ??= openAll(ending, [
      ...vectors.map(({ sealed, password }): [string, string] => [sealed, password]),
      ...wrong,
    ]));

  it('opens every test vector with the right payload', async ({ skip }) => {
    const opened = await openOnce();
    if (!opened) return skip(`the machine lacks the interpreter or a library (${NATIVE_INSTALL})`);
    const user = (payload: unknown) => (payload as { user: unknown }).user;
    expect(opened.slice(0, vectors.length).map((each) => user((each as { payload: unknown }).payload))).toEqual(
      vectors.map(({ data }) => user(data)),
    );
  });

  it('rejects changed seals, seals with another password, and other texts', async ({ skip }) => {
    const opened = await openOnce();
    if (!opened) return skip(`the machine lacks the interpreter or a library (${NATIVE_INSTALL})`);
    expect(opened.slice(vectors.length)).toEqual(wrong.map(() => ({ reason: 'invalid_session_cookie' })));
  });

  it('fails if the key server answers with an error, and does not take the visitor for signed out', async ({
    skip,
  }) => {
    const found = await findCommand(ending);
    if (!found) return skip(`the machine lacks the interpreter or a library (${NATIVE_INSTALL})`);
    const emulator = await startEmulator();
    onTestFinished(() => emulator.close());
    const env = { ...process.env, ...(await emulator.issueEnvironment()) };
    emulator.failNext({ kind: 'server_error', route: 'jwks', times: 5 });
    await expect(promisify(execFile)(found[0], [found[1]], { env })).rejects.toMatchObject({ code: 1, stdout: '' });
  });
});
