/** Builds the site once and serves it for the browser tests. */
import type { TestProject } from 'vitest/node';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'astro';
import { serveSite } from '../../docs/serve/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the served site, without a trailing slash. */
    siteUrl: string;
    /** Folder of the built site. */
    siteFolder: string;
  }
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Removed: with these, pages would link to the repository that the tests run in. */
const REPOSITORY_VARIABLES = ['GITHUB_SERVER_URL', 'GITHUB_REPOSITORY', 'GITHUB_REF_NAME', 'GITHUB_REF_TYPE'];

/** Builds this site and returns its folder. */
export async function buildSite(): Promise<string> {
  await build({ root: ROOT, logLevel: 'error' });
  return join(ROOT, 'dist');
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  for (const name of REPOSITORY_VARIABLES) delete process.env[name];
  const folder = await buildSite();
  const server = await serveSite({ folder, port: 0 });
  project.provide('siteUrl', server.url);
  project.provide('siteFolder', folder);
  return server.close;
}
