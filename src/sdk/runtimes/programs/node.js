import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { handle } from './handle.js';

const server = createServer(async (message, response) => {
  const request = new Request('http://localhost/', { method: 'POST', body: await text(message) });
  response.end(await (await handle(request)).text());
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
