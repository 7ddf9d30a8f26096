/** The API of another SDK: the weather in two cities. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const WEATHER: Record<string, number[]> = { Uppsala: [4, 6, 5], Accra: [31, 30, 31] };

export async function startEmulator() {
  const server = createServer((request, response) => {
    const city = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
    response.writeHead(200, { 'Content-Type': 'application/json', Connection: 'close' }).end(JSON.stringify(WEATHER[city] ?? []));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    issueEnvironment: async () => ({ WEATHER_URL: `http://127.0.0.1:${port}` }),
    close: async () => void server.close(),
  };
}
