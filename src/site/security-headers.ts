/** A built site → the headers every answer carries, with the exact hash of each inline script and style. */
import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Name of the file in which static hosts look for headers. */
export const HEADERS_FILE = '_headers';

/** Writes the headers of the site in `folder` to its `_headers` file, for every path. */
export async function writeHeaders(folder: string): Promise<void> {
  const pages = await Array.fromAsync(glob('**/*.html', { cwd: folder }));
  const texts = await Promise.all(pages.map((page) => readFile(join(folder, page), 'utf8')));
  const headers = describeHeaders(texts);
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  await writeFile(join(folder, HEADERS_FILE), `/*\n${lines.join('\n')}\n`);
}

/** The headers of the `_headers` file in `folder`. */
export async function readHeaders(folder: string): Promise<Record<string, string>> {
  const text = await readFile(join(folder, HEADERS_FILE), 'utf8');
  return Object.fromEntries([...text.matchAll(/^ {2}([\w-]+): (.*)$/gm)].map(([, name, value]) => [name, value]));
}

function describeHeaders(pages: readonly string[]): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src ${hashesOf('script', pages)}`,
    `style-src ${hashesOf('style', pages)}`,
    "img-src 'self' data:",
    // What is fetched once it is asked for, such as what the identifiers in programs say.
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}

function hashesOf(element: 'script' | 'style', pages: readonly string[]): string {
  const contents = pages.flatMap((page) => [...page.matchAll(new RegExp(`<${element}\\b[^>]*>(.*?)</${element}>`, 'gs'))]);
  const hashes = new Set(contents.map(([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`));
  return [...hashes].sort().join(' ') || "'none'";
}
