/** `npm start [-- --port 4321]`: builds the site and serves it. */
import { parseArgs } from 'node:util';
import { buildSite } from './build.ts';
import { checkPort, serveSite } from './serve.ts';

const PORT = 4321;

function readPort(): number {
  const { values } = parseArgs({ options: { port: { type: 'string', short: 'p', default: String(PORT) } } });
  const port = Number(values.port);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`Cannot serve on port "${values.port}": must be a number from 0 to 65535`);
}

try {
  const port = readPort();
  await checkPort(port);
  // Set the address, so that the local site has everything that the published one has.
  if (port > 0) process.env['SITE_URL'] ??= `http://127.0.0.1:${port}`;
  console.log('Building the site and running every example …');
  const folder = await buildSite();
  const { url } = await serveSite({ folder, port });
  console.log(`Ready at ${url} (stop with Ctrl+C)`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
