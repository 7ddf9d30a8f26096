/** `docs`: starts the documentation server of the project in this folder, for an agent. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The command of the engine: in a checkout of this project, and in a site that has installed it. */
const ENGINES = ['src/docs/cli.ts', 'node_modules/verified-docs/cli.js'];
/** The version of Node that the project installs, which may be newer than the one that runs this. */
const NODE = 'node_modules/node/bin/node';

const describeHelp = (
  program: string,
) => `Serves the documentation to an agent, over the Model Context Protocol on standard input and output.
The agent can search, read pages, reference entries, examples and error codes, and check programs.

  ${program} [--root <folder>]

Run it in a checkout of this project, or name the checkout with --root.
`;

/** Runs the command until its input ends. */
export async function runCommand(args: string[], program: string): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(describeHelp(program));
    return;
  }
  const at = args.indexOf('--root');
  const root = (at === -1 ? undefined : args[at + 1]) ?? process.cwd();
  const engine = ENGINES.map((file) => join(root, file)).find((file) => existsSync(file));
  if (engine === undefined) {
    process.stderr.write(
      `Cannot serve the documentation: ${root} is not a checkout of this project, expected one. Run the command there, or give your agent the address /mcp of a site that "npm start" serves.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const own = join(root, NODE);
  const child = spawn(existsSync(own) ? own : process.execPath, [engine, 'mcp', ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(1)).once('exit', (code) => resolve(code ?? 1));
  });
}
