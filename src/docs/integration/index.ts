/** The Astro integration: `docs({ … })` in a project's Astro config checks, runs and renders the documentation. */
import { existsSync, globSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import type { AstroConfig, AstroIntegration } from 'astro';
import { datePages, writeArtifacts } from '../artifacts/index.ts';
import { type DescribedSite, readPublication, readSite } from '../describe/index.ts';
import { UsageError, formatFindings } from '../findings/index.ts';
import {
  type CarriesOptions,
  type DocsOptions,
  INTEGRATION_NAME,
  type Project,
  readBase,
  readOptions,
} from '../options/index.ts';
import { writeHeaders } from '../serve/index.ts';
import { authoring } from './authoring.ts';
import { buildSandboxesOf } from './sandbox.ts';
import { nextFolder, replaceDist } from './dist.ts';
import { buildLazyScripts, writeLazyScripts } from './lazy-scripts.ts';
import { extendProcessor, loadPages } from './page-compiler.ts';
import { findOwnRoutes, writeOwnRoute } from './own-routes.ts';
import { handOver } from './state.ts';
import { virtualModules } from './virtual-modules.ts';

export type { DocsOptions } from '../options/index.ts';

/** Routes of the engine; a page or a public file of the project at the same address takes precedence. */
const ROUTES: Readonly<Record<string, string>> = {
  '/': 'index.astro',
  '/[...path]': '[...path].astro',
  '/404': '404.astro',
  '/[feed].xml': '[feed].xml.ts',
  '/og/[...picture].png': 'og/[...picture].png.ts',
  '/favicon.svg': 'favicon.svg.ts',
  '/manifest.webmanifest': 'manifest.webmanifest.ts',
  '/robots.txt': 'robots.txt.ts',
};

/**
 * The documentation of a package: pages in `content/`, snippets in `snippets/`. Adds `@astrojs/mdx`, and
 * `@astrojs/sitemap` if the site's address is known, unless the config has them. Throws an error with a line for each
 * invalid option.
 */
export function docs(options: DocsOptions): AstroIntegration & CarriesOptions {
  let project: Project;
  let next: string;
  let dist: string;
  /** The other results of a build, besides pages. */
  let making: Promise<[DescribedSite, sandboxes: Map<string, string>, scripts: Map<string, string>]>;
  return {
    name: INTEGRATION_NAME,
    options,
    hooks: {
      'astro:config:setup': async ({ config, command, updateConfig, injectRoute, addMiddleware, createCodegenDir }) => {
        const root = fileURLToPath(config.root).replace(/[\\/]$/, '');
        refuseUnable(root);
        project = { ...readOptions(options, root), base: readBase(config.base), site: config.site };
        if (project.base !== '')
          addMiddleware({ order: 'post', entrypoint: new URL('base-middleware.ts', import.meta.url) });
        const { siteUrl } = readPublication(root, { site: config.site });
        // Authors wait for one page at a time, each with its own text.
        const own = command === 'build' ? await findOwnRoutes(project) : [];
        for (const route of own)
          injectRoute({
            pattern: route.path,
            entrypoint: writeOwnRoute(route, project, createCodegenDir()),
            prerender: true,
          });
        const ownPages = findOwnPages(config);
        for (const [pattern, file] of Object.entries(ROUTES)) {
          const name = file.replace(/\.(astro|ts|js)$/, '');
          const isOwn =
            ownPages.includes(name) ||
            existsSync(new URL(name, config.publicDir)) ||
            own.some(({ path }) => path === pattern);
          if (!isOwn)
            injectRoute({ pattern, entrypoint: new URL(`../theme/routes/${file}`, import.meta.url), prerender: true });
        }
        dist = fileURLToPath(config.outDir);
        if (command === 'build') next = nextFolder(root);
        const has = (name: string) => config.integrations.some((integration) => integration.name === name);
        updateConfig({
          ...(siteUrl !== undefined && { site: siteUrl }),
          ...(command === 'build' && { outDir: asFolder(next) }),
          // The dev server also accepts a trailing slash, like the hosts of the built site.
          trailingSlash: command === 'dev' ? 'ignore' : 'never',
          // Render several pages at once: they wait for the disk.
          build: { inlineStylesheets: 'always', concurrency: 6 },
          markdown: { syntaxHighlight: false, processor: extendProcessor(config.markdown.processor, project) },
          devToolbar: { enabled: false },
          integrations: [
            ...(has('@astrojs/mdx') ? [] : [mdx()]),
            ...(siteUrl === undefined || has('@astrojs/sitemap')
              ? []
              : [sitemap({ serialize: await datePages(root, project.content, project.base) })]),
            { name: `${INTEGRATION_NAME}/dist`, hooks: { 'astro:build:done': finish } },
          ],
          vite: {
            plugins: [loadPages(project), virtualModules(project, own)],
            // Let Node load the package: Vite would rewrite its CommonJS dependencies.
            ssr: { external: [project.package.name, '@resvg/resvg-js'] },
            // Browsers without light-dark() and :has() get a readable page; transpiling would make all pages larger.
            build: {
              cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
              target: 'es2022',
              // One request per page: inline its script.
              assetsInlineLimit: 16_384,
              rolldownOptions: { checks: { moduleLevelDirective: false } },
            },
          },
        });
      },

      'astro:server:setup': ({ server }) => authoring(server, project),

      // Do not await anything here, so that snippets run while the site's code is being bundled.
      'astro:build:start': () => {
        const reading = readSite(project).catch((error: Error) => {
          // Astro would print the stack.
          error.stack = '';
          error.message += `\n${describeUntouched(dist)}`;
          throw error;
        });
        handOver(project.root, reading);
        making = Promise.all([reading, buildSandboxesOf(project), buildLazyScripts(project)]);
        making.catch(() => {});
      },

      'astro:build:done': async ({ logger }) => {
        const [site, sandboxes, scripts] = await making;
        const { findings, known } = site.content;
        if (findings.length + known.length > 0) logger.warn(formatFindings(findings, { known: known.length }));
        for (const [address, page] of sandboxes) {
          const file = join(next, address);
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, page);
        }
        await writeArtifacts(site, next);
        await Promise.all([writeLazyScripts(next, scripts), writeFiles(project, next)]);
        await copyBesideFiles(site, next);
      },
    },
  };

  /** Runs after everything else has written into the folder. */
  async function finish(): Promise<void> {
    await writeHeaders(next, project);
    await replaceDist(next, dist);
  }
}

/** Writes the files that the project adds to the site. */
async function writeFiles({ files }: Project, folder: string): Promise<void> {
  await Promise.all(
    Object.entries(files).map(async ([address, write]) => {
      const file = join(folder, address);
      await mkdir(dirname(file), { recursive: true });
      await write(file);
    }),
  );
}

/** Copies the files beside the pages that a page uses. */
async function copyBesideFiles({ content: { besideFiles, files } }: DescribedSite, folder: string): Promise<void> {
  for (const address of besideFiles) {
    const target = join(folder, address);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(files.get(address) ?? '', target);
  }
}

/** Some settings would give a site with dead links, or an error that names none of them. */
function refuseUnable(root: string): void {
  const [sign] = /[#?%]/.exec(root) ?? [];
  if (sign !== undefined)
    throw new UsageError(
      `Cannot build in ${root}: its path contains "${sign}", which Vite cannot load. Move the folder.`,
    );
}

/** The addresses where the project has a page of its own; `[...path].astro` → `[...path]`. */
function findOwnPages({ srcDir }: AstroConfig): string[] {
  return globSync('pages/**/*.*', { cwd: srcDir }).map((path) =>
    path
      .replaceAll('\\', '/')
      .replace(/^pages\//, '')
      .replace(/\.\w+$/, ''),
  );
}

function asFolder(path: string): URL {
  return new URL(`${pathToFileURL(path).href}/`);
}

function describeUntouched(dist: string): string {
  return existsSync(dist) ? 'dist/ is unchanged.' : 'Nothing was written to dist/.';
}
