/** package.json and the environment → where the site will be served, and where its source lies. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Publication {
  /** Origin of the site, such as `https://docs.example.com`; undefined where nobody has said. */
  siteUrl: string | undefined;
  /** Address of the repository's front page; undefined where neither package.json nor GitHub Actions names one. */
  repositoryUrl: string | undefined;
  /** The branch that changes to a page are proposed against. */
  branch: string;
}

interface Manifest {
  homepage?: string;
  repository?: string | { url: string };
}

const BRANCH = 'main';

/**
 * Reads both. The site's origin is SITE_URL, or else what the Astro config says (`site`), or the package's homepage where that is an origin. Its repository is
 * the one that package.json names, or else the one that GitHub Actions builds. Throws when SITE_URL is no origin, since
 * every address on the site begins at its root.
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
    throw new Error(
      `Cannot publish at SITE_URL: it is "${given}", an origin such as https://docs.example.com is wanted`,
    );
  }
  return {
    siteUrl: siteUrl ?? site ?? originOf(homepage),
    repositoryUrl: repositoryUrlOf(repository) ?? (built ? `${server}/${built}` : undefined),
    branch: branchOf(environment) ?? BRANCH,
  };
}

/** The branch being built; a tag, or what a pull request would become, is none that can be edited. */
function branchOf({ GITHUB_REF_NAME: name, GITHUB_REF_TYPE: type }: NodeJS.ProcessEnv): string | undefined {
  return !name || type === 'tag' || /^\d+\/merge$/.test(name) ? undefined : name;
}

/** Where a page's file is changed, and where its faults are told. */
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
