/** The folder of a project → the project, from the options of `docs()` in its Astro config. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../findings/index.ts';
import { readBase } from './base-path.ts';
import { readOptions } from './check-options.ts';
import type { DocsOptions, Project } from './project.ts';

/** Name of the integration, which identifies its options. */
export const INTEGRATION_NAME = 'verified-docs';

const CONFIG_FILES = ['astro.config.mjs', 'astro.config.ts', 'astro.config.js', 'astro.config.mts'];

/** An Astro integration with its options. */
export interface CarriesOptions {
  name: typeof INTEGRATION_NAME;
  options: DocsOptions;
}

/** Reads the options of the project in `root`. Throws a `UsageError` if they are missing or invalid. */
export async function readProject(root: string): Promise<Project> {
  const file = CONFIG_FILES.map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined)
    throw new UsageError(
      `Cannot read the project in ${root}: it has no astro.config.mjs, expected one that uses docs()`,
    );
  const { default: config } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    default?: { base?: string; site?: string; integrations?: readonly unknown[] };
  };
  const integrations = (config?.integrations ?? []).flat(2) as Partial<CarriesOptions>[];
  const found = integrations.find((integration) => integration?.name === INTEGRATION_NAME);
  if (!found?.options)
    throw new UsageError(
      `Cannot read the project in ${root}: its Astro config does not use docs(), expected docs({ … })`,
    );
  return { ...readOptions(found.options, root), base: readBase(config?.base ?? ''), site: config?.site };
}
