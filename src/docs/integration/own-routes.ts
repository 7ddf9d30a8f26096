/**
 * Pages that import components of their own → a route for each, so that the styles of these reach no other page: all
 * other pages have their texts in one module.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Project } from '../options/index.ts';
import { isBroken, readPages } from '../pages/index.ts';

export interface OwnRoute {
  /** The page's file, from the root. */
  file: string;
  /** Its path in the site. */
  path: string;
}

/** The pages of the project that import something. */
export async function findOwnRoutes({ root, content, components }: Project): Promise<OwnRoute[]> {
  return (await readPages(root, content, Object.keys(components)))
    .filter(({ imports, isDraft, findings }) => imports.length > 0 && !isDraft && !isBroken(findings))
    .map(({ file, path }) => ({ file, path }));
}

/** Writes the file that draws the page into `folder`, and returns it. */
export function writeOwnRoute({ file, path }: OwnRoute, { root }: Project, folder: URL): URL {
  const theme = (name: string) => JSON.stringify(fileURLToPath(new URL(`../theme/${name}`, import.meta.url)));
  const layout = path === '/' ? 'HomeLayout' : 'PageLayout';
  const route = new URL(`${encodeURIComponent(path.slice(1).replaceAll('/', '.') || 'index')}.astro`, folder);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    route,
    `---
import { Content } from ${JSON.stringify(join(root, file).replaceAll('\\', '/'))};
import PageText from ${theme('components/PageText.astro')};
import ${layout} from ${theme(`layouts/${layout}.astro`)};
import { describedSite } from 'virtual:docs/site';

const page = (await describedSite()).pages.find(({ path }) => path === ${JSON.stringify(path)});
---

<${layout} page={page}>
  <PageText page={page} text={Content} />
</${layout}>
`,
  );
  return route;
}
