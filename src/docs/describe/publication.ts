/** package.json and the environment → the address of the site, and of its source. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Publication {
  /** Origin of the site, such as `https://docs.example.com`; undefined if not configured. */
  siteUrl: string | undefined;
  /** Address of the repository; undefined if neither package.json nor GitHub Actions names one. */
  repositoryUrl: string | undefined;
  /** The branch that edits of a page are based on. */
  branch: string;
}

interface Manifest {
  homepage?: string;
  repository?: string | { url: string };
}

const BRANCH = 'main';

/**
 * Reads both. The site's origin is SITE_URL, or else `site` in the Astro config, or else the package's homepage if that
 * is an origin. The repository is the one in package.json, or else the one that GitHub Actions builds. Throws if
 * SITE_URL is not an origin, since the links of the site are relative to the root.
 */
export function readPublication(
  root: string,
  { environment = process.env, site }: { environment?: NodeJS.ProcessEnv; site?: string | undefined } = {},
): Publication {
  const { homepage = '', repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const {
    SITE_URL: given = '',
    GITHUB_SERVER_URL: server = 'https://github.com',
    GITHUB_REPOSITORY: built,
  } = environment;
  const siteUrl = originOf(given);
  if (given !== '' && siteUrl === undefined) {
    throw new Error(`Cannot publish at SITE_URL "${given}": must be an origin such as https://docs.example.com`);
  }
  return {
    siteUrl: siteUrl ?? site ?? originOf(homepage),
    repositoryUrl: repositoryUrlOf(repository) ?? (built ? `${server}/${built}` : undefined),
    branch: branchOf(environment) ?? BRANCH,
  };
}

/** The branch being built; undefined for tags and the merge refs of pull requests, which cannot be edited. */
function branchOf({ GITHUB_REF_NAME: name, GITHUB_REF_TYPE: type }: NodeJS.ProcessEnv): string | undefined {
  return !name || type === 'tag' || /^\d+\/merge$/.test(name) ? undefined : name;
}

/** Links for editing a page's file and for reporting problems. */
export function describeSource(
  { repositoryUrl, branch }: Publication,
  file: string,
): { editUrl?: string; feedbackUrl?: string } {
  if (repositoryUrl === undefined) return {};
  const title = encodeURIComponent(`${file}: `);
  return {
    editUrl: `${repositoryUrl}/edit/${branch}/${file}`,
    feedbackUrl: `${repositoryUrl}/issues/new?title=${title}`,
  };
}

function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` ? url.origin : undefined;
}

/** `git+https://host/o/r.git`, `git@host:o/r.git`, `github:o/r` and `o/r` → `https://host/o/r`. */
function repositoryUrlOf(repository: Manifest['repository']): string | undefined {
  const text = (typeof repository === 'object' ? repository.url : (repository ?? '')).replace(/\.git$/, '');
  const [, host, path] =
    /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/]+@)?([^/]+)\/(.+)$/.exec(text) ?? /^git@([^:]+):(.+)$/.exec(text) ?? [];
  if (host !== undefined) return `https://${host}/${path}`;
  const [, shortened] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(text) ?? [];
  return shortened === undefined ? undefined : `https://github.com/${shortened}`;
}
