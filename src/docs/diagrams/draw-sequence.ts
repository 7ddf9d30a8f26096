/** A sequence diagram → SVG, drawn for a given width in the colours of the page. */
import type { Frame, Message, Note, Sequence, Step } from './parse-sequence.ts';
import { branchWord } from './say-step.ts';
import { textWidth, wrapText } from './wrap-text.ts';

/** How wide a drawing may become and how large its text is, in pixels at the browser's usual text size. */
export interface DiagramStyle {
  widthMax: number;
  text: number;
}

/** Pixels. */
const LINE_HEIGHT = 1.3;
const BOX_PADDING = 10;
const HEAD_GAP = 8;
const STEP_GAP = 18;
const DOT_RADIUS = 8.5;
const LOOP_WIDTH = 26;
const LOOP_HEIGHT = 18;
const FRAME_INSET = 9;
/** Wider arrows look empty. */
const COLUMN_MAX = 290;
const PIXELS_PER_REM = 16;

/** Draws a diagram; `label` says what it shows. */
export function drawSequence(sequence: Sequence, style: DiagramStyle, label: string): string {
  return new Drawing(sequence, style).svg(label);
}

class Drawing {
  readonly #sequence: Sequence;
  readonly #text: number;
  /** Centres of the participants' lines. */
  readonly #columns: number[];
  readonly #column: number;
  readonly #boxWidth: number;
  readonly #width: number;
  /** The lower edge of what is drawn. */
  #y = 0;
  /** Parts that look alike are one element. */
  readonly #lifelines: string[] = [];
  readonly #frames: string[] = [];
  readonly #dividers: string[] = [];
  readonly #solid: string[] = [];
  readonly #dashed: string[] = [];
  readonly #tips: string[] = [];
  readonly #dots: string[] = [];
  readonly #numbers: string[] = [];
  readonly #labels: string[] = [];
  readonly #strong: string[] = [];
  readonly #boxes: string[] = [];
  readonly #notes: string[] = [];
  readonly #noteTexts: string[] = [];

  constructor(sequence: Sequence, { widthMax, text }: DiagramStyle) {
    this.#sequence = sequence;
    this.#text = text;
    const { participants, steps } = sequence;
    const gaps = Math.max(1, participants.length - 1);
    const margin = 2 + depthOf(steps) * FRAME_INSET;
    const all = flatten(steps);
    const isBeside = (side: string, at: number) =>
      all.some((step) => step.kind === 'note' && step.side === side && step.from === at);
    const beside = widthMax / 4;
    const left = margin + (isBeside('left of', 0) ? beside : 0);
    const right = margin + (isBeside('right of', participants.length - 1) ? beside : 0);
    const names = participants.map(({ name }) => textWidth(name, text) + 2 * BOX_PADDING);
    const room = widthMax - left - right;
    this.#boxWidth = Math.min(Math.max(...names, 7 * text), room / participants.length - HEAD_GAP);
    const needed = Math.max(this.#boxWidth + HEAD_GAP, ...all.map((step) => this.#widthNeeded(step)));
    this.#column = Math.min(needed, COLUMN_MAX, (room - this.#boxWidth) / gaps);
    this.#columns = participants.map((_, index) => left + this.#boxWidth / 2 + index * this.#column);
    this.#width = left + right + this.#boxWidth + (participants.length - 1) * this.#column;
  }

  svg(label: string): string {
    this.#drawHeads();
    const top = this.#y;
    this.#drawSteps(this.#sequence.steps, 0);
    this.#y += STEP_GAP;
    for (const x of this.#columns) this.#lifelines.push(`M${n(x)} ${n(top)}V${n(this.#y)}`);
    const [width, height] = [n(Math.ceil(this.#width)), n(Math.ceil(this.#y))];
    const halo = 'stroke="var(--surface)" stroke-width="5" paint-order="stroke"';
    return [
      `<svg width="${n(this.#width / PIXELS_PER_REM)}rem" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}"`,
      ` fill="none" font-size="${this.#text}" stroke-linecap="round" stroke-linejoin="round">`,
      path(this.#lifelines, 'stroke="var(--muted)" stroke-opacity=".45" stroke-dasharray="1 5"'),
      path(this.#frames, 'stroke="var(--line)" stroke-width="1.5"'),
      path(this.#dividers, 'stroke="var(--muted)" stroke-opacity=".6" stroke-dasharray="4 5"'),
      group(this.#boxes, 'fill="var(--inset)" stroke="var(--line)"'),
      group(this.#notes, 'fill="var(--accent-wash)" stroke="var(--line)"'),
      path(this.#solid, 'stroke="var(--accent)" stroke-width="1.5"'),
      path(this.#dashed, 'stroke="var(--accent)" stroke-width="1.5" stroke-dasharray="5 4"'),
      path(this.#tips, 'fill="var(--accent)"'),
      path(this.#dots, `stroke="var(--accent)" stroke-width="${2 * DOT_RADIUS}"`),
      group(this.#numbers, 'fill="var(--on-accent)" font-size="11" font-weight="600" text-anchor="middle"'),
      group(this.#labels, `fill="var(--ink)" ${halo} text-anchor="middle"`),
      group(this.#noteTexts, 'fill="var(--ink)" text-anchor="middle"'),
      group(this.#strong, 'fill="var(--ink)" font-weight="600" text-anchor="middle"'),
      '</svg>',
    ].join('');
  }

  /** The distance of two neighbours with which the text needs no second line. */
  #widthNeeded(step: Step): number {
    if (step.kind === 'frame') return 0;
    const width = textWidth(step.text, this.#text) + 2 * BOX_PADDING;
    if (step.kind === 'note')
      return step.side === 'over' && step.from !== step.to ? width / (step.to - step.from + 0.6) : 0;
    const dots = step.number === undefined ? 0 : DOT_RADIUS;
    if (step.from === step.to) return width + LOOP_WIDTH;
    return (width + dots) / Math.abs(step.to - step.from);
  }

  #drawHeads(): void {
    const { participants } = this.#sequence;
    const names = participants.map(({ name }) => wrapText(name, this.#text, this.#boxWidth - BOX_PADDING));
    const height = Math.max(...names.map((lines) => lines.length)) * this.#lineHeight + 1.6 * BOX_PADDING;
    participants.forEach(({ isActor }, index) => {
      const [x = 0, lines = []] = [this.#columns[index], names[index]];
      const radius = isActor ? height / 2 : 7;
      this.#boxes.push(rectangle(x - this.#boxWidth / 2, 1, this.#boxWidth, height, radius));
      this.#write(lines, x, 1 + (height - lines.length * this.#lineHeight) / 2, this.#strong);
    });
    this.#y = height + 1;
  }

  #drawSteps(steps: readonly Step[], depth: number): void {
    for (const step of steps) {
      if (step.kind === 'frame') this.#drawFrame(step, depth);
      else if (step.kind === 'note') this.#drawNote(step);
      else if (step.from === step.to) this.#drawLoop(step);
      else this.#drawMessage(step);
    }
  }

  #drawMessage({ from, to, isDashed, number, text }: Message): void {
    const [start, end] = [this.#at(from), this.#at(to)];
    const direction = Math.sign(end - start);
    const dot = number === undefined ? 0 : direction * DOT_RADIUS;
    const lines = wrapText(text, this.#text, Math.abs(end - start) - BOX_PADDING - Math.abs(dot));
    this.#y += STEP_GAP;
    this.#write(lines, (start + dot + end) / 2, this.#y);
    this.#y += lines.length * this.#lineHeight + 5;
    const y = n(this.#y);
    (isDashed ? this.#dashed : this.#solid).push(`M${n(start + dot)} ${y}H${n(end - direction * 9)}`);
    this.#drawTip(end, direction);
    if (number !== undefined) this.#drawDot(start, number);
  }

  /** A message to oneself; that of the last participant is on the left. */
  #drawLoop({ from, isDashed, number, text }: Message): void {
    const x = this.#at(from);
    const isLast = from === this.#columns.length - 1 && from > 0;
    const direction = isLast ? -1 : 1;
    const room = this.#columns.length === 1 ? this.#boxWidth : this.#column - LOOP_WIDTH - 2 * BOX_PADDING;
    const lines = wrapText(text, this.#text, room);
    const height = lines.length * this.#lineHeight;
    this.#y += STEP_GAP;
    const middle = this.#y + Math.max(height, LOOP_HEIGHT) / 2;
    const [top, bottom] = [middle - LOOP_HEIGHT / 2, middle + LOOP_HEIGHT / 2];
    const dot = number === undefined ? 0 : direction * DOT_RADIUS;
    const turn = n(direction * (LOOP_WIDTH - Math.abs(dot) - 6));
    const corner = n(direction * 6);
    (isDashed ? this.#dashed : this.#solid).push(
      `M${n(x + dot)} ${n(top)}h${turn}q${corner} 0 ${corner} 6V${n(bottom - 6)}q0 6 ${n(-direction * 6)} 6H${n(x + direction * 9)}`,
    );
    const anchor = isLast ? 'end' : 'start';
    this.#write(lines, x + direction * (LOOP_WIDTH + 8), middle - height / 2, this.#labels, anchor);
    this.#y = top;
    if (number !== undefined) this.#drawDot(x, number);
    this.#y = bottom;
    this.#drawTip(x, -direction);
    this.#y = middle + Math.max(height, LOOP_HEIGHT) / 2;
  }

  #drawNote({ side, from, to, text }: Note): void {
    const beside = Math.min(this.#column, COLUMN_MAX) - 2 * BOX_PADDING;
    const [first, last] = [this.#at(from), this.#at(to)];
    const widest = this.#width - 2 * FRAME_INSET;
    const room =
      side !== 'over' ? beside : from === to ? Math.min(widest, this.#column * 1.4) : last - first + this.#column * 0.6;
    const lines = wrapText(text, this.#text, room - 2 * BOX_PADDING);
    const own = Math.max(...lines.map((line) => textWidth(line, this.#text))) + 2 * BOX_PADDING;
    const width = side === 'over' && from !== to ? Math.max(own, last - first + 3 * BOX_PADDING) : own;
    const middle = (first + last) / 2;
    const wanted =
      side === 'over' ? middle - width / 2 : side === 'left of' ? first - BOX_PADDING - width : first + BOX_PADDING;
    const x = Math.max(1, Math.min(wanted, this.#width - width - 1));
    const height = lines.length * this.#lineHeight + BOX_PADDING;
    this.#y += STEP_GAP;
    this.#notes.push(rectangle(x, this.#y, width, height, 4));
    this.#write(lines, x + width / 2, this.#y + BOX_PADDING / 2, this.#noteTexts);
    this.#y += height;
  }

  #drawFrame({ word, branches }: Frame, depth: number): void {
    const x = 1 + depth * FRAME_INSET;
    const width = this.#width - 2 * x;
    this.#y += STEP_GAP;
    const top = this.#y;
    branches.forEach(({ label, steps }, index) => {
      if (index > 0) {
        this.#y += STEP_GAP;
        this.#dividers.push(`M${n(x)} ${n(this.#y)}h${n(width)}`);
      }
      const tag = branchWord(word, index, label);
      const tagWidth = textWidth(tag, this.#text) + 2 * BOX_PADDING;
      const lines = wrapText(label, this.#text, width - tagWidth - 2 * BOX_PADDING);
      this.#y += 6;
      this.#write([tag], x + tagWidth / 2, this.#y, this.#strong);
      this.#write(lines, x + tagWidth, this.#y, this.#labels, 'start');
      this.#y += Math.max(1, lines.length) * this.#lineHeight - 4;
      this.#drawSteps(steps, depth + 1);
    });
    this.#y += STEP_GAP;
    this.#frames.push(roundedPath(x, top, width, this.#y - top, 7));
  }

  #drawTip(x: number, direction: number): void {
    this.#tips.push(`M${n(x)} ${n(this.#y)}l${n(-direction * 9)}-4.5v9z`);
  }

  /** A line of no length with round ends. */
  #drawDot(x: number, number: number): void {
    this.#dots.push(`M${n(x)} ${n(this.#y)}h0`);
    this.#numbers.push(`<text x="${n(x)}" y="${n(this.#y + 4)}">${number}</text>`);
  }

  /** Writes lines below `top`. */
  #write(lines: readonly string[], x: number, top: number, to = this.#labels, anchor?: 'start' | 'end'): void {
    lines.forEach((line, index) => {
      const y = top + (index + 0.76) * this.#lineHeight;
      const start = anchor === undefined ? '' : ` text-anchor="${anchor}"`;
      to.push(`<text x="${n(x)}" y="${n(y)}"${start}>${escapeHtml(line)}</text>`);
    });
  }

  get #lineHeight(): number {
    return this.#text * LINE_HEIGHT;
  }

  #at(participant: number): number {
    return this.#columns[participant] ?? 0;
  }
}

/** All messages and notes. */
function flatten(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) =>
    step.kind === 'frame' ? step.branches.flatMap((branch) => flatten(branch.steps)) : [step],
  );
}

/** How many frames are within each other. */
function depthOf(steps: readonly Step[]): number {
  const depths = steps.map((step) =>
    step.kind === 'frame' ? 1 + Math.max(...step.branches.map((branch) => depthOf(branch.steps))) : 0,
  );
  return Math.max(0, ...depths);
}

function rectangle(x: number, y: number, width: number, height: number, radius: number): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(radius)}"/>`;
}

/** The outline of a rectangle, as a part of a path. */
function roundedPath(x: number, y: number, width: number, height: number, radius: number): string {
  const [h, v, r] = [n(width - 2 * radius), n(height - 2 * radius), n(radius)];
  return `M${n(x + radius)} ${n(y)}h${h}q${r} 0 ${r} ${r}v${v}q0 ${r}-${r} ${r}h-${h}q-${r} 0-${r}-${r}v-${v}q0-${r} ${r}-${r}z`;
}

function path(parts: readonly string[], attributes: string): string {
  return parts.length === 0 ? '' : `<path d="${parts.join('')}" ${attributes}/>`;
}

function group(parts: readonly string[], attributes: string): string {
  return parts.length === 0 ? '' : `<g ${attributes}>${parts.join('')}</g>`;
}

/** Half pixels are enough. */
function n(value: number): string {
  return String(Math.round(value * 2) / 2);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
