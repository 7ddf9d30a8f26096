/** Measures the time from a click on a link, after hovering it, to the first paint of the next page. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findBrowser } from '../e2e/browser.ts';
import { readDebugger } from './debugger.ts';

/** Delay before each response, as from a distant server. */
const SERVER_MS = 150;
/** How long the reader hovers the link before the click. */
const HOVER_MS = 300;
const ROUNDS = 5;
const ARRIVAL_MS_MAX = 10_000;

/** The first of the bare pages. */
export const BARE_PAGE = '/page-0';

/** Sent by a page after its first paint: where its next link is, and how the page was loaded. */
interface Arrival {
  x: number;
  y: number;
  ms?: number;
  how: string;
}

/** Appended to each page. Only the page's tab is automated: a page under automation does not prerender. */
const REPORT = `<script>
  addEventListener('click', (event) => (localStorage.clicked = performance.timeOrigin + event.timeStamp), true);
  new PerformanceObserver((list) => {
    const paint = list.getEntriesByName('first-contentful-paint')[0];
    if (!paint) return;
    const { deliveryType, activationStart } = performance.getEntriesByType('navigation')[0];
    const { clicked } = localStorage;
    const link = document.querySelector('.side li:has(> [aria-current=page]) + li a').getBoundingClientRect();
    fetch('/arrival', { method: 'POST', body: JSON.stringify({
      x: link.x + 8,
      y: link.y + 8,
      ms: clicked && performance.timeOrigin + paint.startTime - clicked,
      how: activationStart > 0 ? 'prerendered' : deliveryType === 'navigational-prefetch' ? 'prefetched' : 'fetched',
    }) });
  }).observe({ type: 'paint', buffered: true });
</script></body>`;

/** Writes bare pages with prerendered links, to measure the browser's own share of the time. */
export async function writeBarePages(folder: string): Promise<void> {
  const count = ROUNDS + 2;
  const rules = JSON.stringify({ prerender: [{ where: { href_matches: '/*' }, eagerness: 'moderate' }] });
  for (let index = 0; index < count; index += 1) {
    const links = Array.from(
      { length: count },
      (_, to) => `<li><a href="/page-${to}"${to === index ? ' aria-current="page"' : ''}>Page ${to}</a></li>`,
    ).join('');
    await mkdir(join(folder, `page-${index}`), { recursive: true });
    await writeFile(
      join(folder, `page-${index}/index.html`),
      `<!doctype html><title>Page ${index}</title><script type="speculationrules">${rules}</script><body><ul class="side">${links}</ul></body>`,
    );
  }
  await writeFile(join(folder, '_headers'), '');
}

/** Visits pages from `path` on, hovering each next link before clicking it. */
export async function measureNextPage(
  siteUrl: string,
  path: string,
  profile: string,
): Promise<{ medianMs: number; how: string }> {
  const arrivals: ((arrival: Arrival) => void)[] = [];
  const server = createServer(
    (request, response) => void answer(request, response, siteUrl, (arrival) => arrivals.shift()?.(arrival)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const next = () =>
    new Promise<Arrival>((resolve, reject) => {
      arrivals.push(resolve);
      setTimeout(
        () =>
          reject(new Error(`Cannot measure the next page: it was not painted within ${ARRIVAL_MS_MAX / 1000} seconds`)),
        ARRIVAL_MS_MAX,
      ).unref();
    });
  const first = next();
  const browser = spawn(
    await findBrowser(),
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-background-networking',
      '--window-size=1440,900',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      `http://127.0.0.1:${port}${path}`,
    ],
    { stdio: 'ignore' },
  );
  try {
    let at = await first;
    const { debuggerUrl } = await readDebugger(profile);
    const taken: Arrival[] = [];
    while (taken.length < ROUNDS) {
      const arrived = next();
      await pointAndClick(debuggerUrl, at);
      at = await arrived;
      taken.push(at);
    }
    const sorted = taken.toSorted((a, b) => a.ms! - b.ms!);
    return { medianMs: sorted[Math.floor(ROUNDS / 2)]!.ms!, how: [...new Set(taken.map(({ how }) => how))].join(', ') };
  } finally {
    browser.kill();
    server.closeAllConnections();
    server.close();
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  siteUrl: string,
  arrive: (arrival: Arrival) => void,
): Promise<void> {
  if (request.method === 'POST') {
    const body = await Array.fromAsync(request);
    response.end();
    arrive(JSON.parse(Buffer.concat(body).toString()) as Arrival);
    return;
  }
  await new Promise((resolve) => setTimeout(resolve, SERVER_MS));
  const page = await fetch(siteUrl + request.url!);
  response.setHeader('content-type', page.headers.get('content-type') ?? 'text/plain');
  response.writeHead(page.status).end((await page.text()).replace('</body>', REPORT));
}

/** Moves the mouse onto the link, waits as a reader does, and clicks. */
async function pointAndClick(debuggerUrl: string, { x, y }: Arrival): Promise<void> {
  const socket = new WebSocket(debuggerUrl);
  await new Promise((resolve) => (socket.onopen = resolve));
  const page = await attachToPage(socket);
  const send = (type: string, more: object = {}) =>
    socket.send(
      JSON.stringify({ id: 0, sessionId: page, method: 'Input.dispatchMouseEvent', params: { type, x, y, ...more } }),
    );
  send('mouseMoved');
  await new Promise((resolve) => setTimeout(resolve, HOVER_MS));
  send('mousePressed', { button: 'left', clickCount: 1 });
  send('mouseReleased', { button: 'left', clickCount: 1 });
  await new Promise((resolve) => setTimeout(resolve, HOVER_MS));
  socket.close();
}

interface ProtocolMessage {
  method?: string;
  params: { sessionId: string; targetInfo: { targetId: string; type: string; subtype?: string } };
}

/**
 * The debugging session of the visible page, reached through its tab: attaching to the page itself disables
 * prerendering.
 */
function attachToPage(socket: WebSocket): Promise<string> {
  const autoAttach = (type: string, sessionId?: string) =>
    socket.send(
      JSON.stringify({
        id: 0,
        sessionId,
        method: 'Target.setAutoAttach',
        params: { autoAttach: true, waitForDebuggerOnStart: false, flatten: true, filter: [{ type }] },
      }),
    );
  return new Promise((resolve) => {
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const { method, params } = JSON.parse(data) as ProtocolMessage;
      if (method !== 'Target.attachedToTarget') return;
      const { type, subtype } = params.targetInfo;
      if (type === 'tab') autoAttach('page', params.sessionId);
      if (type === 'page' && subtype !== 'prerender') resolve(params.sessionId);
    };
    autoAttach('tab');
  });
}
