import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePicture, drawPicture } from './draw-picture.ts';

const MARK = { filled: 'M1 1h22v22z', lines: 'M8 8l4 4' };
const LOOK = { siteTitle: 'Weather', mark: MARK };
const TEXT = { title: 'Load sealed session', section: 'Reference', description: 'Load the session.' };

let cache: string;
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'pictures-'));
});
afterAll(() => rm(cache, { recursive: true, force: true }));

/** The texts of the image, with baseline and font size. */
function textsOf(svg: string) {
  return [...svg.matchAll(/<text x="(\d+)" y="(\d+)"[^>]*font-size="(\d+)"[^>]*>([^<]*)</g)].map(
    ([, , y, size, text]) => ({ y: Number(y), size: Number(size), text }),
  );
}

it('draws a PNG of 1200 by 630 pixels that depends on more than the title', async () => {
  const png = Buffer.from(await drawPicture(TEXT, { cache, ...LOOK }));
  expect([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['PNG', 1200, 630]);
  const other = Buffer.from(await drawPicture({ ...TEXT, section: 'Guides' }, { cache, ...LOOK }));
  expect(other.equals(png)).toBe(false);
});

it('draws letters, which shows that the font was found', async () => {
  const [blank, drawn] = await Promise.all(
    [{ title: ' ', section: '', description: '' }, TEXT].map((text) => drawPicture(text, { cache, ...LOOK })),
  );
  expect(drawn?.length).toBeGreaterThan((blank?.length ?? 0) * 1.2);
});

it('draws the same text only once', async () => {
  const first = await drawPicture(TEXT, { cache, ...LOOK });
  const files = await readdir(cache);
  const times = () => Promise.all(files.map(async (file) => (await stat(join(cache, file))).mtimeMs));
  const before = await times();
  expect(await drawPicture(TEXT, { cache, ...LOOK })).toEqual(first);
  expect(await readdir(cache)).toEqual(files);
  expect(await times()).toEqual(before);
});

it.each([
  ['Refresh', 'one word'],
  ['Open a Node session from Ruby and Python', 'many words'],
  [
    'Everything that an access token of an impersonated member of several organizations says, word by word',
    'too many words',
  ],
  ['authkit.session.helpers.loadSealedSession.everything', 'a word longer than a line'],
])('keeps the lines of "%s" (%s) above the site name, without overlap', (title) => {
  const texts = textsOf(describePicture({ title, section: 'Guides', description: 'What it is. '.repeat(30) }, LOOK));
  const name = texts.at(-1);
  expect(name?.text).toBe(LOOK.siteTitle);
  const lines = texts.slice(0, -1);
  for (const [index, { y, size }] of lines.entries()) {
    expect(y - size * 0.75).toBeGreaterThanOrEqual(lines[index - 1]?.y ?? 0);
    expect(y).toBeLessThan(515);
  }
});

it('draws the mark, the section, the title, the description and the site name', async () => {
  const svg = describePicture({ ...TEXT, description: 'Load the session of a request, '.repeat(6) }, LOOK);
  await expect(`${svg.replaceAll('><', '>\n<')}\n`).toMatchFileSnapshot('testdata/picture.golden.svg');
});

it('escapes markup in a title', () => {
  expect(describePicture({ ...TEXT, title: 'a < b & c' }, LOOK)).toContain('>a &lt; b &amp; c</text>');
});
