import { createServer } from 'node:http';

createServer().listen(0, '127.0.0.1', () => console.log('listening'));
setInterval(() => {}, 1_000);

// Output:
// listening
