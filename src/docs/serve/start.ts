/** `npm start`: builds the site and serves it with the headers of its `_headers` file. */
import { build } from 'astro';
import { UsageError, readCommandLine } from '../findings/index.ts';
import { type Project, readProject } from '../options/index.ts';
import { type ServeOptions, checkPort, serveSite } from './serve.ts';

const PORT = 4321;
const HOST = '127.0.0.1';

const HELP = `Usage: npm start [-- options]

Builds the site into dist/ and serves it. Agents can read it at /mcp, over the Model Context Protocol.

  --port <number>  the port to listen on (default: ${PORT}); 0 picks a free one
  --host <name>    the address to listen on (default: ${HOST}); 0.0.0.0 listens on all addresses

Exit code: 1 if the build fails, 2 for an invalid option.`;

const OPTIONS = {
  port: { type: 'string', short: 'p' },
  host: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export async function main(): Promise<number> {
  const { values } = readCommandLine('npm start', OPTIONS);
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const port = readPort(values.port);
  const host = values.host ?? HOST;
  await checkPort(port, host);
  // Set the address, so that the local site has everything that the published one has.
  if (port > 0) process.env['SITE_URL'] ??= `http://${host}:${port}`;
  console.log('Building the site and running every example …');
  const root = process.cwd();
  await build({ root, logLevel: 'error' });
  const project = await readProject(root);
  const mcp = answerAgents(project, URL.parse(process.env['SITE_URL'] ?? '')?.hostname ?? host);
  const { url } = await serveSite({ folder: `${root}/dist`, port, host, base: project.base, mcp });
  console.log(`Ready at ${url} (stop with Ctrl+C)`);
  return 0;
}

/** Loaded with the first request of an agent. */
function answerAgents(project: Project, hostname: string): NonNullable<ServeOptions['mcp']> {
  let answering: Promise<NonNullable<ServeOptions['mcp']>> | undefined;
  return async (request, response) => {
    answering ??= import('../mcp/index.ts').then(({ createHttpAnswers }) => createHttpAnswers(project, { hostname }));
    await (
      await answering
    )(request, response);
  };
}

function readPort(text = String(PORT)): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`Cannot serve on port "${text}": must be a number from 0 to 65535`);
}
