/** This project → a copy in another folder with a given number of pages. */
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { copyProject } from '../prove/copy-project.ts';
import { type GeneratedPage, generatePage } from './generated-page.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const NAVIGATION = 'content/navigation.yaml';

/** Fills `folder` with a copy of this project that has `pages` pages: its own ones, then generated ones. */
export async function generateProject(folder: string, pages: number): Promise<GeneratedPage[]> {
  await copyProject(ROOT, folder);
  const own = (await Array.fromAsync(glob('content/**/*.mdx', { cwd: ROOT }))).length;
  if (pages < own)
    throw new Error(
      `Cannot generate a site of ${pages} pages: must be at least ${own}, the number of the project's own pages`,
    );
  const programs = await Array.fromAsync(glob('*', { cwd: join(ROOT, 'snippets') }));
  // Generated entries have three languages, so their snippets need all three.
  const snippets = programs
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
    .filter((name) => programs.includes(`${name}.rb`) && programs.includes(`${name}.py`))
    .sort();
  const count = pages - own;
  const generated = Array.from({ length: count }, (_, index) => generatePage(index, count, snippets));
  for (const { file, text } of generated) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const sections = [...Map.groupBy(generated, ({ section }) => section)].map(([title, inSection]) => ({
    title,
    within: 'Reference',
    pages: inSection.map(({ path }) => path),
  }));
  if (sections.length > 0) {
    const navigation = await readFile(join(ROOT, NAVIGATION), 'utf8');
    await writeFile(
      join(folder, NAVIGATION),
      `${navigation.trimEnd()}\n${stringify(sections).replaceAll(/^(?=.)/gm, '  ')}`,
    );
  }
  return generated;
}
