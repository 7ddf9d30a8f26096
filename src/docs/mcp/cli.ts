/** `verified-docs mcp`: the documentation as a server for agents, on standard input and output. */
import { resolve } from 'node:path';
import { readCommandLine } from '../findings/index.ts';
import { readProject } from '../options/index.ts';
import { createDocsServer, serveStdio } from './index.ts';

const HELP = `Usage: verified-docs mcp [options]

Serves the documentation to an agent over the Model Context Protocol, on standard input and output: the agent can search,
read pages, reference entries, examples and error codes, and check programs, which run on this machine.
Editors start this command; "npm start" serves the reading tools at /mcp.

  --root <folder>   the project, with an Astro config that uses docs() (default: this folder)
  --help, -h        print this`;

const OPTIONS = { root: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

export async function main(): Promise<number> {
  const { values } = readCommandLine('verified-docs mcp', OPTIONS);
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  // Only messages may be on standard output.
  console.log = console.error;
  console.info = console.error;
  const server = await createDocsServer(await readProject(resolve(values.root ?? '.')));
  await serveStdio(server, process.stdin, process.stdout);
  // A program that is still being checked does not keep the command running.
  process.exit();
}
