/** A page's title, section and description → its link preview image, as SVG and PNG. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

/** Size in pixels that link previews expect. */
export const PICTURE_WIDTH = 1200;
export const PICTURE_HEIGHT = 630;

export interface PictureText {
  title: string;
  /** Shown above the title; may be empty. */
  section: string;
  /** Shown below the title. */
  description: string;
}

/** The site's mark: two SVG paths in a square of 24. */
export interface Mark {
  filled: string;
  /** Stroked on top of the filled path. */
  lines: string;
}

export interface Look {
  /** Site name. */
  siteTitle: string;
  mark: Mark;
}

export interface DrawOptions extends Look {
  /** Cache folder; file names are hashes of the image content. */
  cache: string;
}

/** The colours of the light theme, in a notation that the renderer supports. */
const PAPER = '#fbf9f6';
const INK = '#2b211c';
const MUTED = '#6b5e56';
const LINE = '#e6dfd7';
const ACCENT = '#a3261f';

const FAMILY = 'Inter';
const FACES = [
  '400Regular/Inter_400Regular.ttf',
  '600SemiBold/Inter_600SemiBold.ttf',
  '800ExtraBold/Inter_800ExtraBold.ttf',
];

/** Font sizes of the title with their limits; the first one that fits is used. */
const TITLE_SIZES = [
  { size: 96, charactersMax: 15, linesMax: 2 },
  { size: 76, charactersMax: 18, linesMax: 3 },
  { size: 60, charactersMax: 24, linesMax: 3 },
] as const;
const DESCRIPTION_SIZE = 30;
const DESCRIPTION_CHARACTERS_MAX = 48;
const DESCRIPTION_LINES_MAX = 2;

/** Draws the image, or returns it from the cache. */
export async function drawPicture(
  text: PictureText,
  { cache, ...look }: DrawOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const svg = describePicture(text, look);
  const file = join(cache, `${createHash('sha256').update(svg).digest('hex').slice(0, 32)}.png`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept) return new Uint8Array(kept);
  const { resolve } = createRequire(import.meta.url);
  const fontFiles = FACES.map((face) => resolve(`@expo-google-fonts/inter/${face}`));
  const png = new Resvg(svg, { font: { fontFiles, loadSystemFonts: false, defaultFontFamily: FAMILY } })
    .render()
    .asPng();
  await mkdir(cache, { recursive: true });
  // Another build may be reading the same folder.
  await writeFile(`${file}.${process.pid}`, png);
  await rename(`${file}.${process.pid}`, file);
  return new Uint8Array(png);
}

/** The image as SVG. */
export function describePicture({ title, section, description }: PictureText, { siteTitle, mark }: Look): string {
  const { size, lines } = fitTitle(title);
  const sentence = cutLines(wrap(description, DESCRIPTION_CHARACTERS_MAX), DESCRIPTION_LINES_MAX);
  const titleTop = 150;
  const titleLines = lines.map((line, index) =>
    textAt(line, 80, titleTop + size * (0.75 + index * 1.08), size, 800, INK, -0.03 * size),
  );
  const below = titleTop + size * (0.75 + (lines.length - 1) * 1.08) + 64;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}" viewBox="0 0 ${PICTURE_WIDTH} ${PICTURE_HEIGHT}">`,
    `<rect width="100%" height="100%" fill="${PAPER}"/>`,
    `<g transform="translate(830 87) scale(19)"><path fill="${ACCENT}" d="${mark.filled}"/>`,
    `<circle cx="12" cy="12" r="8.1" fill="none" stroke="${PAPER}" stroke-opacity=".28" stroke-width=".16"/>`,
    `<path fill="none" stroke="${PAPER}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" d="${mark.lines}"/></g>`,
    textAt(section, 80, 116, 28, 600, ACCENT, 0),
    ...titleLines,
    ...sentence.map((line, index) => textAt(line, 80, below + index * 42, DESCRIPTION_SIZE, 400, MUTED, 0)),
    `<path stroke="${LINE}" stroke-width="2" d="M80 530H720"/>`,
    `<g transform="translate(80 552) scale(1.5)"><path fill="${ACCENT}" d="${mark.filled}"/><path fill="none" stroke="${PAPER}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" d="${mark.lines}"/></g>`,
    textAt(siteTitle, 132, 579, 26, 600, INK, -0.3),
    '</svg>',
  ].join('');
}

function textAt(
  text: string,
  x: number,
  y: number,
  size: number,
  weight: number,
  fill: string,
  spacing: number,
): string {
  const attributes = `x="${x}" y="${Math.round(y)}" font-family="${FAMILY}" font-size="${size}" font-weight="${weight}" letter-spacing="${spacing}" fill="${fill}"`;
  return `<text ${attributes}>${escapeXml(text)}</text>`;
}

function fitTitle(title: string): { size: number; lines: string[] } {
  for (const { size, charactersMax, linesMax } of TITLE_SIZES) {
    const lines = wrap(title, charactersMax);
    if (lines.length <= linesMax && lines.every((line) => line.length <= charactersMax)) return { size, lines };
  }
  const { size, charactersMax, linesMax } = TITLE_SIZES[2];
  return { size, lines: cutLines(wrap(title, charactersMax), linesMax).map((line) => cut(line, charactersMax)) };
}

/** Wraps words into lines of at most `charactersMax`; longer words get their own line. */
function wrap(text: string, charactersMax: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= charactersMax)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function cutLines(lines: readonly string[], linesMax: number): string[] {
  return lines
    .slice(0, linesMax)
    .map((line, index) =>
      index === linesMax - 1 && lines.length > linesMax ? `${line.replace(/[\s,.;:]+$/, '')} …` : line,
    );
}

function cut(text: string, charactersMax: number): string {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax - 1)}…`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
