import { expect, it } from 'vitest';
import { markdownWithBase, readBase, withBase, withoutBase } from './base-path.ts';

it('adds the path to every address of a page, and to nothing else', () => {
  const page = `<a href="/guide#x">a</a><a href=/plain>b</a><img src='/a.png' alt="href=/no"><a href="//cdn.example/a">c</a>
<code>&lt;a href="/shown"></code><a href="https://x.example/">d</a><a href="#here">e</a>
<script type="speculationrules">{"where":{"href_matches":"/*"},"not":"/*.*"}</script><script>load = (n) => import(\`/scripts/\${n}.js\`)</script>`;
  expect(withBase(page, '/docs')).toBe(
    page
      .replace('"/guide#x"', '"/docs/guide#x"')
      .replace('=/plain', '=/docs/plain')
      .replace("'/a.png'", "'/docs/a.png'")
      .replace('"/*"', '"/docs/*"')
      .replace('"/*.*"', '"/docs/*.*"')
      .replace('`/scripts/', '`/docs/scripts/'),
  );
  expect(withBase(page, '')).toBe(page);
});

it('adds the path to the links of Markdown outside code', () => {
  const text = 'See [a](/a) and `[b](/b)`.\n\n```md\n[c](/c)\n```\n\n![d](/d.png) [e](#e) [f](//x)\n\n[g]: /g\n';
  expect(markdownWithBase(text, '/docs')).toBe(
    text.replace('(/a)', '(/docs/a)').replace('(/d.png)', '(/docs/d.png)').replace(': /g', ': /docs/g'),
  );
});

it('reads the path however it is written', () => {
  expect(['/', '', '/docs', 'docs/', '/a/b/'].map(readBase)).toEqual(['', '', '/docs', '/docs', '/a/b']);
  expect(['/docs', '/docs/a', '/docsx', '/a'].map((path) => withoutBase(path, '/docs'))).toEqual([
    '/',
    '/a',
    undefined,
    undefined,
  ]);
  expect(withoutBase('/a', '')).toBe('/a');
});
