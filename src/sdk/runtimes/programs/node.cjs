/** As node.js, over the package as `require()` loads it. */
const { createServer } = require('node:http');
const { text } = require('node:stream/consumers');
const { WorkOS } = require('authkit-session-helpers');

const loaded = import('./handler.js').then(({ createHandler }) => createHandler(WorkOS));
const server = createServer(async (message, response) => {
  const handle = await loaded;
  const request = new Request('http://localhost/', { method: 'POST', body: await text(message) });
  response.end(await (await handle(request)).text());
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
