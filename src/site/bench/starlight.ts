/** The pages of a built site → a temporary Starlight project with the same text, tables and code. */
import { execFile } from 'node:child_process';
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import type { Section } from '../../docs/pages/index.ts';

const STARLIGHT = '0.42.4';
const ASTRO = '7.3.4';

/** Its build command, to be run in its folder. */
export const STARLIGHT_BUILD = ['node_modules/astro/bin/astro.mjs', 'build', '--silent'];

/** Installs Starlight into `folder` from the npm registry. */
export async function installStarlight(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'starlight-of-the-same-pages', private: true, type: 'module' }),
  );
  const packages = [`@astrojs/starlight@${STARLIGHT}`, `astro@${ASTRO}`, 'sharp'];
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
    cwd: folder,
  });
}

/** Fills the project in `folder` with the pages built in `project`, and deletes its earlier build. */
export async function fillStarlight(folder: string, project: string): Promise<void> {
  const docs = join(folder, 'src/content/docs');
  for (const old of ['src', 'dist', '.astro', 'node_modules/.astro', 'node_modules/.vite']) {
    await rm(join(folder, old), { recursive: true, force: true });
  }
  for (const file of await Array.fromAsync(glob('**/*.md', { cwd: join(project, 'dist') }))) {
    const target = join(docs, file);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, starlightPage(await readFile(join(project, 'dist', file), 'utf8')));
  }
  const { sections } = parse(await readFile(join(project, 'content/navigation.yaml'), 'utf8')) as {
    sections: Section[];
  };
  const sidebar = sections.map(({ title, pages }) => ({ label: title, items: pages.map((path) => path.slice(1)) }));
  await writeFile(join(folder, 'src/content.config.ts'), CONTENT_CONFIG);
  await writeFile(join(folder, 'astro.config.mjs'), astroConfig(sidebar));
}

const CONTENT_CONFIG = `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';

export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`;

function astroConfig(sidebar: unknown): string {
  return `import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

export default defineConfig({
  devToolbar: { enabled: false },
  integrations: [starlight({ title: 'AuthKit session helpers', sidebar: ${JSON.stringify(sidebar)} })],
});
`;
}

/** A page's Markdown with its title in the frontmatter, and its rows as tables. */
export function starlightPage(markdown: string): string {
  const [, title = '', body = ''] = /^# (.*)\n([^]*)$/.exec(markdown) ?? [];
  const written: string[] = [];
  let inTable = false;
  for (const line of body.split('\n')) {
    const [, name, , kind = '', description = ''] = /^ *- (`[^`]+`)( \((.*?)\))?(?:: (.*))?$/.exec(line) ?? [];
    if (name !== undefined && !inTable) written.push('| Name | Type | Description |', '| --- | --- | --- |');
    inTable = name !== undefined;
    written.push(
      name === undefined
        ? line
        : `| ${[name, kind, description].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
    );
  }
  return `---\ntitle: ${JSON.stringify(title.replaceAll('`', ''))}\n---\n${written.join('\n')}`;
}
