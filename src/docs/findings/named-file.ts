/** A file as a person, an editor or a hook names it → the path that is known. */
import { relative, resolve } from 'node:path';

/**
 * The one of `known`, which are paths from `root` with forward slashes, that `given` means: `content/a.mdx`,
 * `./content/a.mdx`, an absolute path, or a path from the folder where npm was called. Undefined if no such path is known.
 */
export function findNamedFile(
  given: string,
  root: string,
  known: readonly string[],
  calledIn = process.env['INIT_CWD'],
): string | undefined {
  const bases = [root, ...(calledIn === undefined ? [] : [calledIn])];
  const meant = bases.map((base) => relative(root, resolve(base, given)).replaceAll('\\', '/'));
  return meant.find((path) => known.includes(path));
}
