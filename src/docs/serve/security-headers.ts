/** A built site → the headers of every response, with the hash of each inline script and style. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The file in which static hosts look for headers. */
export const HEADERS_FILE = '_headers';

/** Folder of the sandboxes, pages that have a policy of their own. */
export const SANDBOX_FOLDER = '/live/';

/** Address of the sandbox in which examples run. */
export const SANDBOX_PATH = `${SANDBOX_FOLDER}sandbox.html`;

/**
 * Cloudflare Pages redirects `/live/sandbox.html` to the second. Any other address of a sandbox gets the policy of
 * pages, under which nothing runs in it.
 */
const addressesOf = (path: string) => [path, path.replace(/\.html$/, '')];

/** Headers of the responses for one path; a path that ends with `*` matches all paths with that prefix. */
export interface HeaderRule {
  path: string;
  /** Headers of earlier rules to remove from these responses. */
  detached: string[];
  headers: Record<string, string>;
}

/**
 * Writes the headers of the site in `folder` to its `_headers` file. A host matches the address that was requested, so
 * the policy of pages applies to every address, known or not. The rules of the sandboxes come last and replace it:
 * Cloudflare Pages joins the values of several rules unless one is detached with `!`; Netlify skips such a line and
 * takes the last value. Pages can show images from
 * `imageOrigins`; the site is below the path `base`.
 */
export async function writeHeaders(
  folder: string,
  { imageOrigins = [], base = '' }: { imageOrigins?: readonly string[]; base?: string } = {},
): Promise<void> {
  const files = globSync('**/*.html', { cwd: folder }).map((file) => `/${file.replaceAll('\\', '/')}`);
  const read = (paths: readonly string[]) => paths.map((path) => readFileSync(join(folder, path), 'utf8'));
  const isSandbox = (file: string) => file.startsWith(SANDBOX_FOLDER);
  const pages = read(files.filter((file) => !isSandbox(file)));
  const rules: HeaderRule[] = [
    {
      path: '/*',
      detached: [],
      headers: { ...GENERAL, Link: linkToIndex(base), [POLICY]: describePolicy(pages, imageOrigins) },
    },
  ];
  for (const file of files.filter(isSandbox).sort()) {
    const policy = describeSandboxPolicy(file, read([file]));
    for (const path of addressesOf(file))
      rules.push({ path: base + path, detached: [POLICY], headers: { [POLICY]: policy } });
  }
  const lines = rules.flatMap(({ path, detached, headers }) => [
    path,
    ...detached.map((name) => `  ! ${name}`),
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ]);
  await writeFile(join(folder, HEADERS_FILE), `${lines.join('\n')}\n`);
}

/** The rules of the `_headers` file in `folder`. */
export async function readHeaders(folder: string): Promise<HeaderRule[]> {
  const rules: HeaderRule[] = [];
  for (const line of (await readFile(join(folder, HEADERS_FILE), 'utf8')).split('\n')) {
    const [, detached] = /^ {2}! ([\w-]+)$/.exec(line) ?? [];
    const [, name, value = ''] = /^ {2}([\w-]+): (.*)$/.exec(line) ?? [];
    const last = rules.at(-1);
    if (line.startsWith('/')) rules.push({ path: line, detached: [], headers: {} });
    else if (last && detached !== undefined) last.detached.push(detached);
    else if (last && name !== undefined) last.headers[name] = value;
  }
  return rules;
}

/** The headers of the response for `path`, combined as Cloudflare Pages does. */
export function headersFor(rules: readonly HeaderRule[], path: string): Headers {
  const result = new Headers();
  for (const rule of rules) {
    if (rule.path.endsWith('*') ? !path.startsWith(rule.path.slice(0, -1)) : path !== rule.path) continue;
    for (const name of rule.detached) result.delete(name);
    for (const [name, value] of Object.entries(rule.headers)) result.append(name, value);
  }
  return result;
}

const POLICY = 'Content-Security-Policy';

const GENERAL = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** Leads agents from any page to the list of all pages: https://llmstxt.org. */
function linkToIndex(base: string): string {
  return `<${base}/llms.txt>; rel="describedby"; type="text/markdown"`;
}

function describePolicy(pages: readonly string[], imageOrigins: readonly string[]): string {
  return [
    "default-src 'none'",
    // Inline scripts by hash; 'self' for the scripts that they import on demand.
    `script-src 'self' ${hashesOf('script', pages)}`,
    `style-src ${hashesOf('style', pages)}`,
    ["img-src 'self' data:", ...imageOrigins].join(' '),
    // Data fetched on demand, such as hover texts.
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

/** Allows no network and no storage, in an opaque origin. Only that of examples allows code from text, and a worker. */
function describeSandboxPolicy(file: string, pages: readonly string[]): string {
  const runsExamples = file === SANDBOX_PATH;
  return [
    "default-src 'none'",
    `script-src ${hashesOf('script', pages)}${runsExamples ? " 'unsafe-eval'" : ''}`,
    ...(runsExamples ? ['worker-src data:'] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-scripts',
  ].join('; ');
}

function hashesOf(element: 'script' | 'style', pages: readonly string[]): string {
  // A set: pages share nearly all of them.
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
