import { expect, it } from 'vitest';
import { fenceText } from './fence-text.ts';

it.each([
  ['<code>a &lt; b &amp;&amp; c &gt; d\n</code>', 'a < b && c > d'],
  ['<code class="language-ts">&quot;a&quot; &#34;b&#34; &#39;c&#39;</code>', '"a" "b" \'c\''],
  ['<code>&amp;lt; stays an entity</code>', '&lt; stays an entity'],
  ['<code>&copy; too</code>', '&copy; too'],
  ['<code>a\r\nb\n\n</code>', 'a\nb\n'],
])('reads %j as %j', (html, text) => {
  expect(fenceText(html)).toBe(text);
});
