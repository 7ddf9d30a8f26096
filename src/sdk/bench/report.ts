/** Results of the benchmark → Markdown tables, for the terminal and for the page. */
import type { Memory } from './memory.ts';
import type { Speed } from './speed.ts';

export interface Report {
  node: string;
  processor: string;
  /** UTC, such as `2026-11-24`. */
  date: string;
  speed: Speed[];
  memory: Memory[];
  imports: { name: string; medianMs: number }[];
}

/** Three tables, each with a line that says what it shows. */
export function describeReport({ node, processor, date, speed, memory, imports }: Report): string {
  return [
    `Node ${node}, ${processor}, ${date}.`,
    'CPU time of one `authenticate()`, and how long 64 callers at once wait:',
    table(
      ['Package', 'CPU, µs', 'against the limit', 'p50, ms', 'p99, ms'],
      speed.map(({ name, cpuMicros, limitCpuMicros, p50Ms, p99Ms }) => [
        name,
        fixed(cpuMicros, 0),
        `${fixed(cpuMicros / limitCpuMicros, 2)} ×`,
        fixed(p50Ms, 1),
        fixed(p99Ms, 1),
      ]),
    ),
    `Growth of the process over ${memory[0]?.calls.toLocaleString('en')} calls, 64 at a time:`,
    table(
      ['Package', 'heap, MB', 'RSS, MB'],
      memory.map(({ name, heapMb, rssMb }) => [name, signed(heapMb), signed(rssMb)]),
    ),
    'Loading the package, median of fresh processes:',
    table(
      ['Package', 'ms'],
      imports.map(({ name, medianMs }) => [name, fixed(medianMs, 0)]),
    ),
  ].join('\n\n');
}

function fixed(value: number, digits: number): string {
  return value.toFixed(digits);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}

function table(head: string[], rows: string[][]): string {
  const lines = [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
