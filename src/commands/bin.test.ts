/** What the command says of itself and of its commands. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('bin.ts', import.meta.url));
const run = promisify(execFile);
const printedBy = async (...args: string[]) => (await run(process.execPath, [BIN, ...args])).stdout;

it('lists its commands, with what each does', async () => {
  expect(await printedBy('--help')).toBe(`Usage: npx authkit-session-helpers <command> [options]

  docs      serves this documentation to an agent
  emulator  emulates the AuthKit API on this machine
  inspect   says what authenticate() does with a session cookie, and what is wrong

"npx authkit-session-helpers <command> --help" lists its options.
`);
});

it('says how agents read the documentation', async () => {
  expect(await printedBy('docs', '--help'))
    .toBe(`Serves the documentation to an agent, over the Model Context Protocol on standard input and output.
The agent can search, read pages, reference entries, examples and error codes, and check programs.

  npx authkit-session-helpers docs [--root <folder>]

Run it in a checkout of this project, or name the checkout with --root.
`);
});
