import { expect, it } from 'vitest';
import { codeLabel, highlight } from './highlight.ts';

/** The text content of the HTML. */
function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

const CODE = `import { WorkOS } from 'authkit-session-helpers';

// compare a < b && c > d
const count: Array<number> = [1, 2];
await new WorkOS().userManagement.load(\`\${count.length} & "more"\`);`;

/** A line of each language, and a class that only its own grammar gives. */
const SAMPLES: Record<string, [code: string, html: string]> = {
  sh: ['echo "$HOME" # home', '<span class="z-comment"># home</span>'],
  diff: ['- old\n+ new', '<span class="z-string">+ new</span>'],
  yaml: ['key: "text" # why', '<span class="z-property">key</span>'],
  toml: ['key = "text" # why', '<span class="z-comment"># why</span>'],
  html: ['<a href="/x">text</a>', '<span class="z-keyword">a</span>'],
  css: ['.a { margin: 1rem; }', '<span class="z-property">margin</span>'],
  go: ['func main() {} // go', '<span class="z-keyword">func </span>'],
  java: ['class A { int a = 1; }', '<span class="z-number">1</span>'],
  php: ['<?php echo "a"; // b', '<span class="z-comment">// b</span>'],
  csharp: ['var a = 1; // b', '<span class="z-comment">// b</span>'],
  http: ['GET / HTTP/1.1\nAccept: text/html', '<span class="z-keyword">GET</span>'],
  json: ['{ "a": null }', '<span class="z-property">a</span>'],
  dotenv: ['# a\nA=1', '<span class="z-comment"># a</span>'],
  kotlin: ['fun main() {} // a', '<span class="z-keyword">fun </span>'],
  rust: ['fn main() {} // a', '<span class="z-keyword">fn'],
  sql: ['SELECT 1 -- a', '<span class="z-comment">-- a</span>'],
  swift: ['let a = "b" // c', '<span class="z-comment">// c</span>'],
  xml: ['<a b="c"/>', '<span class="z-string">"c"</span>'],
  dockerfile: ['FROM node:24', '<span class="z-keyword">FROM</span>'],
};

/** The label of each language, and the names that authors write for it. */
const LABELS: Record<string, string> = {
  TypeScript: 'ts typescript mts cts tsx',
  JavaScript: 'js javascript mjs cjs jsx',
  Ruby: 'rb ruby',
  Python: 'py python',
  Shell: 'sh shell bash zsh shellscript curl',
  Terminal: 'console terminal shellsession',
  PowerShell: 'powershell ps1',
  'Command prompt': 'bat cmd',
  Go: 'go golang',
  Java: 'java',
  Kotlin: 'kotlin kt kts',
  Gradle: 'groovy gradle',
  PHP: 'php',
  'C#': 'csharp cs c# dotnet',
  C: 'c h',
  'C++': 'cpp c++',
  Rust: 'rust rs',
  Swift: 'swift',
  Elixir: 'elixir ex exs',
  SQL: 'sql',
  GraphQL: 'graphql gql',
  Dockerfile: 'docker dockerfile',
  JSON: 'json jsonc json5',
  YAML: 'yaml yml',
  TOML: 'toml',
  INI: 'ini conf properties',
  '.env': 'dotenv env',
  XML: 'xml svg',
  HTML: 'html',
  CSS: 'css',
  SCSS: 'scss',
  Markdown: 'md mdx markdown',
  HTTP: 'http',
  Diff: 'diff patch',
  Text: ' text txt plaintext plain output',
};

it.each(Object.entries(LABELS))('labels code as %s: %s', (label, names) => {
  for (const name of names.split(' ')) expect([name, codeLabel(name)]).toEqual([name, label]);
});

it('labels code in any other language with its own name', () => {
  expect(codeLabel('zig')).toBe('zig');
});

it('gives every language of the table its grammar, and text none', async () => {
  const program = '# one\n// two\n"text" class 1 <a b="c">\nkey: [x] -- three';
  const drawn: string[] = [];
  for (const [label, names] of Object.entries(LABELS)) {
    const forms = await Promise.all(names.split(' ').map((name) => highlight(program, name)));
    drawn.push(...[...new Set(forms)].map((html) => `======== ${label}\n${html}\n`));
  }
  await expect(drawn.join('\n')).toMatchFileSnapshot('testdata/languages.golden.txt');
});

it.each(Object.entries(SAMPLES))('colours %s', async (language, [code, html]) => {
  const drawn = await highlight(code, language);
  expect(textOf(drawn)).toBe(code);
  expect(drawn).toContain(html);
});

it('draws a line of 30,000 letters at once, in one colour', async () => {
  const code = `const a = [${'"a", '.repeat(6_000)}];\nconst b = 1;`;
  const startedAt = performance.now();
  const html = await highlight(code, 'js');
  expect(textOf(html)).toBe(code);
  expect(html.split('\n')[0]).not.toContain('<span');
  expect(html).toContain('<span class="z-number">1</span>');
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

it.each(['js', 'ruby', 'python', 'zig', ...Object.keys(SAMPLES)])(
  'keeps every character of the code (%s)',
  async (language) => {
    expect(textOf(await highlight(CODE, language))).toBe(CODE);
  },
);

it.each([
  [1, 1],
  [1, 5],
  [3, 3],
  [4, 5],
])('keeps the text with lines %d to %d folded', async (firstLine, lastLine) => {
  const html = await highlight(CODE, 'js', { regions: [{ name: 'setup', firstLine, lastLine }] });
  expect(textOf(html)).toBe(CODE);
  expect(html).toContain(`<summary aria-label="setup, ${lastLine - firstLine + 1} line`);
});

it('gives each kind of token the class of its intent, and no inline style', async () => {
  const html = await highlight(CODE, 'js');
  expect(html).toContain('<span class="z-keyword">import </span>');
  expect(html).toContain('<span class="z-comment">// compare a &lt; b &amp;&amp; c &gt; d</span>');
  expect(html).toContain(`<span class="z-string">'authkit-session-helpers'</span>`);
  expect(html).toContain('<span class="z-number">1</span>');
  expect(html).toContain('<span class="z-function">load</span>');
  expect(html).not.toContain('style=');
});

it('folds only the region named setup', async () => {
  expect(await highlight(CODE, 'js', { regions: [{ name: 'call', firstLine: 1, lastLine: 2 }] })).not.toContain(
    '<details',
  );
});

it('links identifiers to their reference, and keeps the text', async () => {
  const code =
    "session.refresh(); // refresh\nlog('refresh');\nrefreshed.refreshAll();\nconst user: User = other.refresh();";
  const links = new Map([
    ['refresh', { href: '/r#js.refresh', patternBefore: 'session\\.' }],
    ['User', { href: '/u#js.user' }],
  ]);
  const html = await highlight(code, 'js', { links });
  expect(textOf(html)).toBe(code);
  expect([...html.matchAll(/<a class="([\w-]+)" href="([^"]+)">([^<]+)<\/a>/g)].map(([, ...parts]) => parts)).toEqual([
    ['z-function', '/r#js.refresh', 'refresh'],
    ['z-type', '/u#js.user', 'User'],
  ]);
});

it('marks each identifier with hover text, splits tokens around it, and keeps the text', async () => {
  const code = 'import { WorkOS } from "w";\nconst session = load(); session.refresh();';
  const hovers = [
    { line: 1, column: 10, length: 6, index: 0 },
    { line: 2, column: 7, length: 7, index: 1 },
    { line: 2, column: 25, length: 7, index: 1 },
  ];
  const html = await highlight(code, 'js', { hovers, links: new Map([['refresh', { href: '/r', index: 2 }]]) });
  expect(textOf(html)).toBe(code);
  expect([...html.matchAll(/ data-h="(\d)">([^<]+)</g)].map(([, index, text]) => [index, text])).toEqual([
    ['0', 'WorkOS'],
    ['1', 'session'],
    ['1', 'session'],
    ['2', 'refresh'],
  ]);
});
