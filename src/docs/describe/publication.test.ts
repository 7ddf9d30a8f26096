import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeSource, readPublication } from './publication.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'publication-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function read(manifest: object, environment: NodeJS.ProcessEnv = {}) {
  await writeFile(join(root, 'package.json'), JSON.stringify(manifest));
  return readPublication(root, { environment });
}

it('has no site address and no source links if none are configured', async () => {
  const publication = await read({});
  expect(publication).toEqual({ siteUrl: undefined, repositoryUrl: undefined, branch: 'main' });
  expect(describeSource(publication, 'content/index.mdx')).toEqual({});
});

it.each([
  ['https://docs.example.com', {}, 'https://docs.example.com'],
  ['https://docs.example.com/', { homepage: 'https://other.example.com' }, 'https://docs.example.com'],
  ['', { homepage: 'https://other.example.com' }, 'https://other.example.com'],
  ['', { homepage: 'https://host.example.com/owner/name#readme' }, undefined],
])('publishes with SITE_URL "%s" and the manifest %j at %s', async (SITE_URL, manifest, expected) => {
  expect((await read(manifest, { SITE_URL })).siteUrl).toBe(expected);
});

it('prefers SITE_URL to the Astro config, and that to the homepage', async () => {
  await writeFile(join(root, 'package.json'), JSON.stringify({ homepage: 'https://home.example.com' }));
  const site = 'https://config.example.com';
  const urlOf = (environment: NodeJS.ProcessEnv) => readPublication(root, { environment, site }).siteUrl;
  expect(urlOf({ SITE_URL: 'https://docs.example.com' })).toBe('https://docs.example.com');
  expect(urlOf({})).toBe(site);
});

it.each(['docs.example.com', 'https://example.com/docs', 'file:///docs'])(
  'rejects SITE_URL "%s", which is not an origin',
  async (SITE_URL) => {
    await expect(read({}, { SITE_URL })).rejects.toThrow(
      `Cannot publish at SITE_URL "${SITE_URL}": must be an origin such as https://docs.example.com`,
    );
  },
);

it.each([
  'https://github.com/owner/name',
  'git+https://github.com/owner/name.git',
  'ssh://git@github.com/owner/name.git',
  'git@github.com:owner/name.git',
  'github:owner/name',
  'owner/name',
])('finds the front page of the repository "%s"', async (repository) => {
  const expected = 'https://github.com/owner/name';
  expect((await read({ repository })).repositoryUrl).toBe(expected);
  expect((await read({ repository: { type: 'git', url: repository } })).repositoryUrl).toBe(expected);
});

it('links to the file, and to a new issue that names it', async () => {
  expect(describeSource(await read({ repository: 'owner/name' }), 'content/a.mdx')).toEqual({
    editUrl: 'https://github.com/owner/name/edit/main/content/a.mdx',
    feedbackUrl: 'https://github.com/owner/name/issues/new?title=content%2Fa.mdx%3A%20',
  });
});

describe('in GitHub Actions', () => {
  const ACTIONS = {
    GITHUB_SERVER_URL: 'https://git.example.com',
    GITHUB_REPOSITORY: 'owner/name',
    GITHUB_REF_NAME: 'docs/next',
    GITHUB_REF_TYPE: 'branch',
  };

  it('links to the repository and the branch of the build if package.json names none', async () => {
    expect(describeSource(await read({}, ACTIONS), 'content/a.mdx')).toEqual({
      editUrl: 'https://git.example.com/owner/name/edit/docs/next/content/a.mdx',
      feedbackUrl: 'https://git.example.com/owner/name/issues/new?title=content%2Fa.mdx%3A%20',
    });
  });

  it('is that of GitHub itself if the server is not named', async () => {
    expect((await read({}, { GITHUB_REPOSITORY: 'owner/name' })).repositoryUrl).toBe('https://github.com/owner/name');
  });

  it('links to the repository that package.json names', async () => {
    expect((await read({ repository: 'other/docs' }, ACTIONS)).repositoryUrl).toBe('https://github.com/other/docs');
  });

  it.each([
    { GITHUB_REF_NAME: '12/merge', GITHUB_REF_TYPE: 'branch' },
    { GITHUB_REF_NAME: 'v1.0.0', GITHUB_REF_TYPE: 'tag' },
  ])('links to main if the build is not of a branch: %j', async (ref) => {
    expect((await read({}, { ...ACTIONS, ...ref })).branch).toBe('main');
  });
});
