#!/usr/bin/env node
/** `npx authkit-session-helpers <command>`: the commands of the package. Only the one that is called is loaded. */

const PACKAGE = 'npx authkit-session-helpers';

interface Command {
  /** One line for the list of commands. */
  does: string;
  /** Runs the command. `program` is what the user has typed before `args`. */
  load: () => Promise<{ runCommand: (args: string[], program: string) => Promise<void> }>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  docs: { does: 'serves this documentation to an agent', load: () => import('./docs.ts') },
  emulator: { does: 'emulates the AuthKit API on this machine', load: () => import('../emulator/command.ts') },
  inspect: {
    does: 'says what authenticate() does with a session cookie, and what is wrong',
    load: () => import('./inspect.ts'),
  },
};

const NAMES = Object.keys(COMMANDS);

function describeHelp(): string {
  const width = Math.max(...NAMES.map((name) => name.length));
  const rows = Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(width)}  ${does}\n`);
  return `Usage: ${PACKAGE} <command> [options]\n\n${rows.join('')}\n"${PACKAGE} <command> --help" lists its options.\n`;
}

const [name, ...args] = process.argv.slice(2);

if (name === undefined || name === '--help' || name === 'help') {
  process.stdout.write(describeHelp());
} else if (Object.hasOwn(COMMANDS, name)) {
  void COMMANDS[name]!.load().then(({ runCommand }) => runCommand(args, `${PACKAGE} ${name}`));
} else {
  process.stderr.write(`Cannot run "${name}": no such command, expected one of ${NAMES.join(', ')}\n`);
  process.exitCode = 2;
}
