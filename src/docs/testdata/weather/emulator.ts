/** The API of the weather SDK: what the weather is in two cities. */
const WEATHER: Record<string, number[]> = { Uppsala: [4, 6, 5], Accra: [31, 30, 31] };

/** Answers without a server, for examples that run in a page. */
export function createEmulator() {
  return {
    fetch: async (request: Request) => {
      const city = decodeURIComponent(new URL(request.url).pathname.split('/').at(-1) ?? '');
      return Response.json(WEATHER[city] ?? []);
    },
    issueEnvironment: async (origin: string) => ({ WEATHER_URL: origin }),
  };
}

export async function startEmulator() {
  const emulator = createEmulator();
  const { once } = await import('node:events');
  const { createServer } = await import('node:http');
  const server = createServer(async (request, response) => {
    const answer = await emulator.fetch(new Request(`http://localhost${request.url}`));
    response.writeHead(answer.status, { 'Content-Type': 'application/json', Connection: 'close' });
    response.end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    issueEnvironment: () => emulator.issueEnvironment(`http://127.0.0.1:${port}`),
    close: async () => void server.close(),
  };
}
