/**
 * `npm run pages [-- files…]`: checks pages, their reference metadata, snippets, links and navigation without
 * rendering them.
 */
import { resolve } from 'node:path';
import {
  type Finding,
  UsageError,
  findNamedFile,
  formatFindings,
  acceptFindings,
  formatFindingsJson,
  nearestName,
  readCommandLine,
  updateFiles,
} from '../findings/index.ts';
import { unchangedHere } from '../snippets/index.ts';
import { type Project, readProject } from '../options/index.ts';
import { readContent } from './content.ts';

const HELP = `Usage: npm run pages [-- files… options]

Checks the pages of content/ like the build, without rendering them. With files, such as content/quickstart.mdx,
prints only the findings of these.

  --update         take over the sentences of pages that the files of facts have otherwise, and say what confirms each
  --accept         list all findings in the file that "knownFindings" of docs() names
  --json           print data instead of text
  --root <folder>  the project, with an Astro config that uses docs() (default: this folder)

Exit code: 0 without findings, 1 with findings, 2 for a file that is not a page.`;

const OPTIONS = {
  update: { type: 'boolean' },
  accept: { type: 'boolean' },
  json: { type: 'boolean' },
  root: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export async function main(): Promise<number> {
  const { values, names: given } = readCommandLine('npm run pages', OPTIONS, { names: 'any' });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const startedAt = performance.now();
  const project = await readProject(resolve(values.root ?? '.'));
  const read = () => readContent(project, { unchanged: unchangedHere() });
  const first = await read();
  const updated = values.update ? await updateFiles(project.root, first.findings) : [];
  for (const line of updated) console.log(line);
  const { pages, findings, known: listed } = updated.length > 0 ? await read() : first;
  if (values.accept && given.length > 0)
    throw new UsageError('Cannot run npm run pages: "--accept" accepts the findings of all pages, and takes no names');
  if (values.accept)
    return accept(project, [...findings.filter(({ code }) => code !== 'known-finding-fixed'), ...listed]);
  const known = [...pages, ...findings].map(({ file }) => file);
  const names = given.map((file) => findNamedFile(file, project.root, known) ?? file);
  const unknown = names.filter((file) => !known.includes(file));
  if (unknown.length > 0) throw new UsageError(unknown.map((file) => describeUnknown(file, known)).join('\n'));
  const told = names.length === 0 ? findings : findings.filter((finding) => isAbout(finding, names));
  const count = names.length || pages.length;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    values.json
      ? formatFindingsJson(told, listed.length)
      : `${formatFindings(told, { known: listed.length })} in ${count} ${count === 1 ? 'page' : 'pages'}, ${seconds} s`,
  );
  return told.length > 0 ? 1 : 0;
}

async function accept(project: Project, findings: readonly Finding[]): Promise<number> {
  console.log(`${findings.length} accepted in ${await acceptFindings(project, findings, 'pages')}`);
  return 0;
}

/** Whether the finding is in one of the files, or in a snippet that one of them shows. */
function isAbout({ file, shownAt = [] }: Finding, files: readonly string[]): boolean {
  return files.some((asked) => file === asked || shownAt.some((place) => place.startsWith(`${asked}:`)));
}

function describeUnknown(file: string, known: readonly string[]): string {
  const nearest = nearestName(file, known);
  return `Cannot check ${file}: no such page${nearest === undefined ? '' : ` (nearest "${nearest}")`}`;
}
