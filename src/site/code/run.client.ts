/** Run: the program on the page, in a sandbox of its own, and whether it prints what it printed when the page was built. */
import type { RunReport, RunRequest } from '../../live/index.ts';

let programs: Promise<Record<string, string>> | undefined;
let sandbox: Promise<Window> | undefined;

function fetchPrograms(): Promise<Record<string, string>> {
  // They lie beside the page's Markdown.
  const { href } = document.querySelector<HTMLLinkElement>('link[type="text/markdown"]')!;
  return fetch(href.replace(/md$/, 'run.json')).then((response) => response.json());
}

function openSandbox(): Promise<Window> {
  const frame = element('iframe', { hidden: true, title: 'Sandbox' });
  frame.sandbox.add('allow-scripts');
  frame.src = '/live/sandbox.html';
  document.body.append(frame);
  return new Promise((resolve) => (frame.onload = () => resolve(frame.contentWindow!)));
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, properties: object): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}

export async function run(button: HTMLButtonElement): Promise<void> {
  const output = button.closest('.code')!.querySelector('.output')!;
  const expected = output.querySelector('samp')!.textContent;
  output.querySelector('.live')?.remove();
  const printed = element('samp', {});
  const lines = element('pre', { tabIndex: 0, role: 'group', ariaLabel: 'Output in your browser' });
  lines.append(printed);
  const verdict = element('p', { className: 'output-proof', textContent: 'Running …' });
  const live = element('div', { className: 'live', ariaLive: 'polite' });
  live.append(element('p', { className: 'output-head', textContent: 'In your browser' }), lines, verdict);
  output.append(live);
  button.disabled = true;
  const exchanges: string[] = [];
  const finish = (sentence: string, same: boolean) => {
    verdict.textContent = sentence;
    verdict.classList.toggle('differs', !same);
    if (exchanges[0]) {
      const details = element('details', {});
      details.append(element('summary', { textContent: `Requests to the API: ${exchanges.length}` }), element('pre', { textContent: exchanges.join('\n') }));
      live.append(details);
    }
    button.disabled = false;
  };
  try {
    const [program, frame] = await Promise.all([(programs ??= fetchPrograms()), (sandbox ??= openSandbox())]);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data: report }: MessageEvent<RunReport>) => {
      if (report.kind === 'printed') printed.append(`${report.text}\n`);
      else if (report.kind === 'exchanged') exchanges.push(`${report.method} ${report.path} → ${report.status}`);
      else finish(report.verdict, report.same);
    };
    frame.postMessage({ program: program[button.dataset['run']!]!, expected } satisfies RunRequest, '*', [port2]);
  } catch {
    programs = sandbox = undefined;
    finish('The sandbox could not be loaded.', false);
  }
}
