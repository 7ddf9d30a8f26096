#!/usr/bin/env node
/** `npx authkit-session-helpers emulator`: the command of the package. */
import { runCommand } from './command.ts';

const PROGRAM = 'npx authkit-session-helpers emulator';
const [command, ...args] = process.argv.slice(2);

if (command === 'emulator') {
  void runCommand(args, PROGRAM);
} else if (command === undefined || command === '--help') {
  process.stdout.write(`Usage: ${PROGRAM} [options]\n\n"${PROGRAM} --help" lists them.\n`);
} else {
  process.stderr.write(`Cannot run "${command}": no such command, expected "emulator"\n`);
  process.exitCode = 2;
}
