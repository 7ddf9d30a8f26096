/** A built site → the headers every answer carries, with the exact hash of each inline script and style. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Name of the file in which static hosts look for headers. */
export const HEADERS_FILE = '_headers';

/** Address of the page in which programs run; what it may do, no other page may. */
export const SANDBOX_PATH = '/live/sandbox.html';

/** Headers of the answers to one path; one that ends with `*` stands for all paths below it. */
export interface HeaderRule {
  path: string;
  headers: Record<string, string>;
}

/** Writes the headers of the site in `folder` to its `_headers` file. */
export async function writeHeaders(folder: string): Promise<void> {
  const files = globSync('**/*.html', { cwd: folder }).map((file) => `/${file.replaceAll('\\', '/')}`);
  const read = (paths: readonly string[]) => paths.map((path) => readFileSync(join(folder, path), 'utf8'));
  const pages = files.filter((file) => file !== SANDBOX_PATH);
  const rules: HeaderRule[] = [{ path: '/*', headers: GENERAL }];
  const policy = describePolicy(read(pages));
  for (const path of pathsOf(pages)) rules.push({ path, headers: { [POLICY]: policy } });
  const sandbox = read(files.filter((file) => file === SANDBOX_PATH));
  if (sandbox.length > 0) rules.push({ path: SANDBOX_PATH, headers: { [POLICY]: describeSandboxPolicy(sandbox) } });
  const lines = rules.flatMap(({ path, headers }) => [
    path,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ]);
  await writeFile(join(folder, HEADERS_FILE), `${lines.join('\n')}\n`);
}

/** The rules of the `_headers` file in `folder`. */
export async function readHeaders(folder: string): Promise<HeaderRule[]> {
  const rules: HeaderRule[] = [];
  for (const line of (await readFile(join(folder, HEADERS_FILE), 'utf8')).split('\n')) {
    const [, name, value = ''] = /^ {2}([\w-]+): (.*)$/.exec(line) ?? [];
    const last = rules.at(-1);
    if (name === undefined && line !== '') rules.push({ path: line, headers: {} });
    else if (name !== undefined && last) last.headers[name] = value;
  }
  return rules;
}

/** The headers of the answer to `path`, as a static host would put them together. */
export function headersFor(rules: readonly HeaderRule[], path: string): Headers {
  const fitting = rules.filter((rule) =>
    rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path,
  );
  return new Headers(Object.assign({}, ...fitting.map(({ headers }) => headers)) as Record<string, string>);
}

const POLICY = 'Content-Security-Policy';

const GENERAL = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * `/a/b/index.html` → `/a` and all below it: hosts join what several rules say, so the sandbox may stand below none.
 */
function pathsOf(pages: readonly string[]): string[] {
  const paths = pages.flatMap((page) => {
    const [, first = '', rest] = page.split('/');
    return rest === undefined ? [first === 'index.html' ? '/' : page, page] : [`/${first}`, `/${first}/*`];
  });
  return [...new Set(paths)].sort();
}

function describePolicy(pages: readonly string[]): string {
  return [
    "default-src 'none'",
    // Inline scripts by their hashes; 'self' for what they import once it is asked for.
    `script-src 'self' ${hashesOf('script', pages)}`,
    `style-src ${hashesOf('style', pages)}`,
    "img-src 'self' data:",
    // What is fetched once it is asked for, such as what the identifiers in programs say.
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** A program is text that becomes code; it has no network, no storage, and an origin of its own. */
function describeSandboxPolicy(pages: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${hashesOf('script', pages)} 'unsafe-eval'`,
    'worker-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-scripts',
  ].join('; ');
}

function hashesOf(element: 'script' | 'style', pages: readonly string[]): string {
  // Pages have nearly all of them in common.
  const contents = new Set(
    pages.flatMap((page) =>
      Array.from(
        page.matchAll(new RegExp(`<${element}\\b[^>]*>(.*?)</${element}>`, 'gs')),
        ([, content = '']) => content,
      ),
    ),
  );
  const hashes = Array.from(contents, (content) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`);
  return hashes.sort().join(' ') || "'none'";
}
