/** A built site → one text of everything that it says to readers, browsers and programs, to compare with a golden file. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Scripts, styles and pictures, and what the search calculates from its parts. */
const LEFT_OUT = /\.(?:js|css|png|woff2|tgz)$|^live\/[\w-]+\.html$|^search\/.*\/(?:near|terms)-/;

/** What differs from machine to machine: hashes, and the versions that programs ran on. */
const VARIABLE: [RegExp, string][] = [
  [/sha256-[\w+/=]+/g, 'sha256-…'],
  [/\b(Node|Node\.js|Python|Ruby) \d[\d.]*\d/g, '$1 n'],
  [/(?<=\bsearch\/|"build": ")[\da-f]{8}/g, '…'],
  [/data-astro-cid-\w+/g, 'data-astro-cid-…'],
];

/** All files that have a text, each below its path. */
export async function textOfBuild(folder: string): Promise<string> {
  const files = (await Array.fromAsync(glob('**/{*.*,_*}', { cwd: folder }))).map((file) => file.replaceAll('\\', '/'));
  const named = [...new Set(files)].filter((file) => !LEFT_OUT.test(file)).sort();
  const texts = new Map<string, string>();
  for (const file of named) texts.set(file, await readFile(join(folder, file), 'utf8').catch(() => ''));
  return Array.from(texts, ([file, text]) => `======== ${steady(file)}\n${steady(formOf(file, text, texts))}\n`).join(
    '\n',
  );
}

function steady(text: string): string {
  return VARIABLE.reduce((all, [pattern, mark]) => all.replaceAll(pattern, mark), text);
}

function formOf(file: string, text: string, texts: ReadonlyMap<string, string>): string {
  if (/\.(?:json|webmanifest)$/.test(file)) return JSON.stringify(JSON.parse(text), undefined, 1);
  if (file.endsWith('.html')) return outlineOf(text);
  if (file.startsWith('llms-full')) return withoutTwins(text, texts);
  return (/\.(?:xml|svg)$/.test(file) ? text.replaceAll('><', '>\n<') : text).trimEnd();
}

/** Names each page whose text is that of its own file. */
function withoutTwins(text: string, texts: ReadonlyMap<string, string>): string {
  let rest = text;
  for (const [file, twin] of texts)
    if (file.endsWith('.md')) rest = rest.replace(twin.replace(/^> Index.*\n\n/, ''), () => `(${file})\n`);
  return rest;
}

/** HTML without scripts, styles, drawings and colours: one element or text per line. */
function outlineOf(html: string): string {
  return html
    .replaceAll(/<(script|style)\b[^>]*>[^]*?<\/\1>/g, '')
    .replaceAll(/(<svg\b[^>]*>)[^]*?<\/svg>/g, '$1')
    .replaceAll(/<pre\b[^>]*>[^]*?<\/pre>/g, (pre) => pre.replaceAll(/<\/?span[^>]*>/g, '').replaceAll('\n', '⏎'))
    .replaceAll(/<\/[\w-]+>/g, '\n')
    .replaceAll(/\s*(<[^>]+>)\s*/g, '\n$1')
    .replaceAll(/>\s*(?=[^<\s])/g, '> ')
    .replaceAll(/\n\s*/g, '\n')
    .trim();
}
