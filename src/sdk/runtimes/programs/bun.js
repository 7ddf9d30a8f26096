import { handle } from './handle.js';

const { port } = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: (request) => handle(request) });
console.log(`port ${port}`);
