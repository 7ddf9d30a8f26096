/**
 * Run: executes an example in a sandbox, shows the output beside its lines, and compares it with the output from when
 * the page was built.
 */
import { adoptStyle } from '../adopt-style.client.ts';
import type { Exchange, RunReport, RunRequest } from '../../run/index.ts';
import type { RunnableProgram } from '../../artifacts/index.ts';
import { drawResults } from './line-results.client.ts';
import { base, errorsPage } from 'virtual:docs/addresses';
import css from './run.css?inline';

/** Longer than the sandbox's own time limit: after it, the sandbox itself must have been stopped. */
const ANSWER_MS_MAX = 8_000;

const RUNNING = 'Running…';
/** How long the button says how long the run took. */
const RAN_MS = 4_000;

/** Fetched files by name. */
const fetched = new Map<string, Promise<string>>();
let sandbox: Promise<HTMLIFrameElement> | undefined;

/** Fetches a file of the sandbox's folder, once. */
function fetchBeside(name: string): Promise<string> {
  const text =
    fetched.get(name) ??
    fetch(`${base}/live/${name}`).then((response) =>
      response.ok ? response.text() : Promise.reject(new Error(response.statusText)),
    );
  fetched.set(name, text);
  // Allow another attempt: the connection may be back.
  text.catch(() => fetched.delete(name));
  return text;
}

function openSandbox(): Promise<HTMLIFrameElement> {
  const frame = element('iframe', { hidden: true, title: 'Sandbox' });
  frame.sandbox.add('allow-scripts');
  frame.src = `${base}/live/sandbox.html`;
  document.body.append(frame);
  return new Promise((resolve) => (frame.onload = () => resolve(frame)));
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: object,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

/** Runs the example beside `button`, or its edited version, given as JavaScript. */
export async function run(button: HTMLButtonElement, edited?: string): Promise<void> {
  adoptStyle(css);
  // The button keeps the focus, so it stays enabled.
  if (button.ariaBusy === 'true') return;
  const panel = button.closest('.code')!;
  const code = panel.querySelector('code')!;
  const chosen = panel.querySelector<HTMLSelectElement>('.scenario')?.selectedIndex ?? 0;
  panel.querySelector('.live')?.remove();
  drawResults(code, []);
  const printed = element('samp', {});
  const lines = element('pre', { tabIndex: 0, role: 'group', ariaLabel: 'Output in your browser' }, printed);
  const verdict = element('p', { className: 'output-proof', role: 'status' }, RUNNING);
  const live = element('div', { className: 'live' }, lines, verdict);
  panel.querySelector('.output')!.append(live);
  button.ariaBusy = 'true';
  button.textContent = RUNNING;
  const exchanges: Exchange[] = [];
  const results: { line: number; text: string }[] = [];
  const finish = (outcome: string, durationMs: number | undefined, ...sentence: (Node | string)[]) => {
    verdict.replaceChildren(element('span', {}, ...sentence));
    verdict.classList.add(outcome);
    if (printed.textContent === '') lines.replaceWith(element('p', { className: 'silent' }, 'It printed nothing.'));
    // The example may have been changed or reset during the run.
    if (live.isConnected) drawResults(code, results);
    if (exchanges[0]) live.append(describeExchanges(exchanges));
    button.ariaBusy = null;
    button.textContent = durationMs === undefined ? 'Run' : `Ran in ${Math.round(durationMs)} ms`;
    setTimeout(() => button.ariaBusy === null && (button.textContent = 'Run'), RAN_MS);
    live.scrollIntoView({ block: 'nearest' });
  };
  if (!isSecureContext)
    return finish(
      'differs',
      undefined,
      'Run needs a secure address, such as https:// or localhost. Elsewhere, browsers offer no cryptography.',
    );
  try {
    const [text, frame] = await Promise.all([
      fetchBeside(`${button.dataset['run']}.json`),
      (sandbox ??= openSandbox()),
    ]);
    const { program, scenarios } = JSON.parse(text) as RunnableProgram;
    const { port1, port2 } = new MessageChannel();
    const lost = setTimeout(() => {
      frame.remove();
      sandbox = undefined;
      port1.close();
      finish('differs', undefined, 'Stopped: the browser stopped the sandbox, probably out of memory.');
    }, ANSWER_MS_MAX);
    port1.onmessage = ({ data: report }: MessageEvent<RunReport>) => {
      if (report.kind === 'printed') {
        const line = element('span', {}, `${report.text}\n`);
        if (report.line !== undefined) {
          line.dataset['line'] = String(report.line);
          results.push({ line: report.line, text: report.text });
        }
        printed.append(line);
      } else if (report.kind === 'exchanged') exchanges.push(report);
      else {
        clearTimeout(lost);
        const { ending } = report;
        const thrown = ending.kind === 'threw' ? ending : undefined;
        if (thrown?.line !== undefined) results.push({ line: thrown.line, text: `✗ ${thrown.code ?? thrown.name}` });
        const { code: name } = thrown ?? {};
        finish(
          report.outcome,
          report.durationMs || undefined,
          report.verdict,
          ...(name === undefined || errorsPage === undefined
            ? []
            : [' ', element('a', { href: `${errorsPage}#${name}` }, name)]),
        );
      }
    };
    const {
      name: scenario = 'valid',
      output = panel.querySelector('.output > pre')!.textContent,
      threw,
    } = scenarios[chosen] ?? {};
    const expected = edited === undefined ? { output, ...(threw !== undefined && { threw }) } : undefined;
    frame.contentWindow!.postMessage({ program: edited ?? program, scenario, expected } satisfies RunRequest, '*', [
      port2,
    ]);
  } catch {
    sandbox = undefined;
    finish('differs', undefined, 'The sandbox failed to load. Check your connection, and press Run again.');
  }
}

function describeExchanges(exchanges: readonly Exchange[]): HTMLElement {
  const each = exchanges.map(({ method, path, status, sent, answered }) =>
    element(
      'details',
      {},
      element('summary', {}, element('code', {}, `${method} ${path} → ${status}`)),
      ...[sent, answered]
        .filter((body) => body !== '')
        .map((body) =>
          element('pre', { tabIndex: 0, role: 'group', ariaLabel: body === sent ? 'Request' : 'Response' }, body),
        ),
    ),
  );
  return element(
    'details',
    { className: 'exchanges' },
    element('summary', {}, `Requests to the API: ${exchanges.length}`),
    ...each,
  );
}
