/** Measures how long a dev server takes to show a saved edit. */
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const EDITS = 7;
const POLL_MS = 5;
const START_TIMEOUT_MS = 180_000;
const EDIT_TIMEOUT_MS = 30_000;

export interface DevServer {
  /** Folder of the project. */
  folder: string;
  /** Node program that starts the server; `--port` is added. */
  program: readonly string[];
  /** The page to edit: its file, relative to the folder, and its URL path. */
  file: string;
  path: string;
}

/** Median over several edits, in milliseconds; each adds a sentence to the end of the page. */
export async function measureDevLatency({ folder, program, file, path }: DevServer): Promise<number> {
  const port = await freePort();
  const child = spawn(process.execPath, [...program, '--port', String(port)], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  const url = `http://localhost:${port}${path}`;
  const source = join(folder, file);
  const text = await readFile(source, 'utf8');
  try {
    await waitFor(url, '</html>', START_TIMEOUT_MS);
    const times: number[] = [];
    for (let edit = 0; edit < EDITS; edit++) {
      await sleep(500);
      const sentence = `Edited ${edit} times before.`;
      const start = performance.now();
      await writeFile(source, `${text}\n${sentence}\n`);
      await waitFor(url, sentence, EDIT_TIMEOUT_MS);
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[Math.floor(EDITS / 2)] ?? NaN;
  } finally {
    child.kill();
    await writeFile(source, text);
  }
}

async function waitFor(url: string, text: string, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const html = await fetch(url).then(
      (response) => response.text(),
      () => '',
    );
    if (html.includes(text)) return;
    if (performance.now() > deadline)
      throw new Error(`Cannot measure ${url}: "${text}" did not appear within ${timeoutMs} ms`);
    await sleep(POLL_MS);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
