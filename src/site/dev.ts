/** `npm run dev [-- --port 4321]`: the site for authors, drawn anew when content/ or snippets/ change. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dev } from 'astro';
import { buildSdk } from '../snippets/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({ options: { port: { type: 'string', short: 'p', default: '4321' } } });
await buildSdk(root);
await dev({ root, server: { port: Number(values.port) } });
