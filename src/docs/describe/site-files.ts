/** Files that are not pages → their addresses: those in public/, and those beside the pages. */
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../findings/index.ts';
import type { Project } from '../options/index.ts';
import { NAVIGATION_FILE, type PageTree, addressOfFile } from '../pages/index.ts';

export interface SiteFiles {
  /** Absolute path of each file, by address. */
  byAddress: ReadonlyMap<string, string>;
  /** The files beside the pages, relative to the root, by address. */
  beside: ReadonlyMap<string, string>;
}

export async function findSiteFiles({ root, content, files: made }: Project): Promise<SiteFiles> {
  const list = async (folder: string) =>
    (await Array.fromAsync(glob('**/*.*', { cwd: join(root, folder) }))).map((file) => file.replaceAll('\\', '/'));
  const [inPublic, inContent] = await Promise.all([list('public'), list(content)]);
  const beside = new Map(
    inContent
      .filter((file) => !file.endsWith('.mdx') && !/(?:^|\/)[._]/.test(file))
      .map((file) => [addressOfFile(`${content}/${file}`), `${content}/${file}`]),
  );
  const byAddress = new Map([
    ...[...beside].map(([address, file]): [string, string] => [address, join(root, file)]),
    // Written when the site is built.
    ...Object.keys(made).map((address): [string, string] => [address, '']),
    ...inPublic.map((file): [string, string] => [`/${file}`.normalize('NFC'), join(root, 'public', file)]),
  ]);
  return { byAddress, beside };
}

/** Extensions of files that are code or data of pages. */
const PARTS = /\.(?:astro|tsx?|jsx?|mjs|css|json|ya?ml|svelte|vue)$/i;

/** A page in another format, and files that no page shows or links to. */
export function fileFindings(files: SiteFiles, used: ReadonlySet<string>, content: string): Finding[] {
  return [...files.beside].flatMap(([address, file]): Finding[] => {
    if (/\.(?:md|markdown|mdown|html?|MDX)$/i.test(file))
      return [
        {
          code: 'page-extension',
          file,
          line: 1,
          message: 'Cannot show the page: expected a file that ends with .mdx',
          fix: 'Rename it to .mdx, or begin its name with "_" if it is not a page.',
        },
      ];
    if (used.has(address) || PARTS.test(file) || file === `${content}/${NAVIGATION_FILE}`) return [];
    return [
      {
        code: 'file-unused',
        severity: 'warning',
        file,
        line: 1,
        message: 'Cannot find a page that shows the file or links to it',
        fix: 'Link to it, remove it, or begin its name with "_".',
      },
    ];
  });
}

/** Addresses of the files that a page shows or links to. */
export function usedFiles({ links, imports, file }: PageTree, { beside }: SiteFiles): Set<string> {
  const folder = addressOfFile(file).replace(/[^/]*$/, '');
  const addresses = [
    ...links.map(({ url }) => url.replace(/[#?].*$/, '')),
    ...imports.map(({ specifier }) => new URL(specifier, `http://site.invalid${folder}`).pathname),
  ];
  return new Set(addresses.map(decoded).filter((address) => beside.has(address)));
}

function decoded(address: string): string {
  try {
    return decodeURI(address).normalize('NFC');
  } catch {
    return address;
  }
}
