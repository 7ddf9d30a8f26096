#!/usr/bin/env node
/** The commands of the engine: `verified-docs pages`, `snippets`, `reference`, `start` and `mcp`. */
import { UsageError, nearestName, runCommand } from './findings/index.ts';

/** Each is loaded only when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<{ main: () => Promise<number> }>>> = {
  pages: () => import('./describe/cli.ts'),
  mcp: () => import('./mcp/cli.ts'),
  reference: () => import('./reference/conformance/cli.ts'),
  snippets: () => import('./snippets/cli.ts'),
  start: () => import('./serve/start.ts'),
};

const HELP = `Usage: verified-docs <command> [options]

  pages      check the pages without rendering them
  snippets   run the snippets and compare their output
  reference  compare the reference with the types of the package
  start      build the site and serve it
  mcp        serve the documentation to an agent, which can also check programs

verified-docs <command> --help lists the options of a command.`;

await runCommand(async () => {
  const [name = '--help'] = process.argv.splice(2, 1);
  if (['--help', '-h'].includes(name)) {
    console.log(HELP);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return (await command()).main();
  const nearest = nearestName(name, Object.keys(COMMANDS));
  throw new UsageError(
    `Cannot run "${name}": there is no such command${nearest === undefined ? '' : ` (nearest "${nearest}")`}\n${HELP}`,
  );
});
