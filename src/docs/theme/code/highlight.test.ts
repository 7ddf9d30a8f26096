import { expect, it } from 'vitest';
import { highlight } from './highlight.ts';

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

it.each(['js', 'ruby', 'python', 'zig'])('keeps every character of the code (%s)', async (language) => {
  expect(textOf(await highlight(CODE, language))).toBe(CODE);
});

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
