/** Builds the site once and serves it for the browser tests. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
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

/** Builds this site and returns its folder. */
export async function buildSite(): Promise<string> {
  await build({ root: ROOT, logLevel: 'error' });
  return join(ROOT, 'dist');
}

/** Removed: with the first, pages would link to the repository that the tests run in; the others are of the test. */
const REMOVED = /^(?:GITHUB_(?:SERVER_URL|REPOSITORY|REF_NAME|REF_TYPE)|VITEST|NODE_ENV|MODE|DEV|PROD|SSR|BASE_URL)$/;

/** Builds the site in a process of its own, while other tests run, and throws what it printed if that fails. */
async function buildBeside(): Promise<void> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !REMOVED.test(name)));
  const args = ['node_modules/astro/bin/astro.mjs', 'build'];
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: env as NodeJS.ProcessEnv });
}

/** Answers 503 until the site is built, and 500 with what is wrong if it cannot be: see site-is-ready.ts. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = join(ROOT, 'dist');
  let failure: string | undefined;
  const standIn = createServer((_request, response) =>
    response.writeHead(failure === undefined ? 503 : 500, { Connection: 'close' }).end(failure),
  ).listen(0, '127.0.0.1');
  await once(standIn, 'listening');
  const { port } = standIn.address() as AddressInfo;
  const served = buildBeside().then(
    async () => {
      standIn.close();
      await once(standIn, 'close');
      return serveSite({ folder, port });
    },
    (error: Error & { stdout?: string; stderr?: string }) => {
      failure = `${error.stdout}${error.stderr}` || error.message;
    },
  );
  project.provide('siteUrl', `http://127.0.0.1:${port}`);
  project.provide('siteFolder', folder);
  return async () => {
    await (await served)?.close();
    standIn.close();
  };
}
