/** In the frame of the inspector's page: inspects what the page sends, and makes the examples. It has no network. */
import { inspect, type Inspection, type InspectOptions } from '../../sdk/inspect/index.ts';
import { issueFixed, makeExample, readEmulatorKeys } from './examples.ts';
import type { InspectorReply, InspectorRequest } from './messages.ts';

addEventListener('message', ({ data, ports: [port], source }: MessageEvent<InspectorRequest>) => {
  if (!port || source !== parent) return;
  void reply(data).then((message) => port.postMessage(message));
});

async function reply(request: InspectorRequest): Promise<InspectorReply> {
  try {
    if (request.kind === 'make-example') return { kind: 'example', ...(await makeExample(request.name)) };
    return { kind: 'inspected', inspection: await inspectHere(request) };
  } catch (error) {
    return { kind: 'failed', message: (error as Error).message };
  }
}

const has = ({ causes }: Inspection, ...codes: string[]) => causes.some(({ code }) => codes.includes(code));

/** With the password and the keys of the emulator, unless others are given or they turn out to be the wrong ones. */
async function inspectHere(request: InspectorRequest & { kind: 'inspect' }): Promise<Inspection> {
  const { WORKOS_COOKIE_PASSWORD: emulatorPassword } = await issueFixed();
  const emulatorKeys = { title: 'the keys of the emulator', jwks: await readEmulatorKeys() };
  const options: InspectOptions = {
    cookieName: request.cookieName || undefined,
    cookiePassword: request.password || emulatorPassword,
    keys: request.keys === '' ? emulatorKeys : { title: 'the keys that you pasted', jwks: parseKeys(request.keys) },
    secrets: request.secrets,
  };
  let inspection = await inspect(request.text, options);
  if (request.password === '' && has(inspection, 'wrong_password')) {
    options.cookiePassword = undefined;
    inspection = await inspect(request.text, options);
  }
  if (request.keys === '' && has(inspection, 'unknown_key')) {
    options.keys = undefined;
    inspection = await inspect(request.text, options);
  }
  return inspection;
}

function parseKeys(text: string): { keys: [] } {
  const expected = 'expected a JSON Web Key Set, such as { "keys": [ … ] }';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new TypeError(`Cannot read the signing keys: they are not JSON, ${expected}`);
  }
  if (Array.isArray((parsed as { keys?: unknown } | null)?.keys)) return parsed as { keys: [] };
  throw new TypeError(`Cannot read the signing keys: there is no list "keys", ${expected}`);
}
