/** `npm run reference`: compares the reference with the SDK and exits 1 if they differ; or adds an entry. */
import { join, resolve } from 'node:path';
import {
  UsageError,
  acceptFindings,
  describeFindings,
  findNamedFile,
  formatFindings,
  nearestName,
  readCommandLine,
  readKnownFindings,
  replaceFile,
  separateKnown,
} from '../../findings/index.ts';
import { readPages } from '../../pages/index.ts';
import { readProject } from '../../options/index.ts';
import { SdkChecker } from '../../typescript/index.ts';
import { addEntry } from './add-entry.ts';
import { checkReference } from './check-reference.ts';
import { formatComparisons } from './table.ts';

const HELP = `Usage: npm run reference [-- files… options]

Compares the reference metadata of all pages with the types of the SDK. With files, such as content/quickstart.mdx, prints
only what concerns these pages.

  --add <name>     write a new entry, such as cities.list, with the descriptions from the code
  --page <file>    the page to add it to (default: the one with most entries of the same owner)
  --accept         list all findings in the file that "knownFindings" of docs() names
  --json           print data instead of text
  --root <folder>  the project, with an Astro config that uses docs() (default: this folder)

Exit code: 0 without findings, 1 with findings, 2 for a name that cannot be added
or a file that is not a page.`;

const OPTIONS = {
  accept: { type: 'boolean' },
  add: { type: 'string' },
  page: { type: 'string' },
  json: { type: 'boolean' },
  root: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export async function main(): Promise<number> {
  const { values, names } = readCommandLine('npm run reference', OPTIONS, { names: 'any' });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const project = await readProject(resolve(values.root ?? '.'));
  const { source, client } = project.package;
  const trees = await readPages(project.root, project.content);
  const pages = trees.map(({ frontmatter }) => frontmatter);
  const pageNamed = (given: string) =>
    findNamedFile(
      given,
      project.root,
      trees.map((tree) => tree.file),
    );
  const chosen = names.map(
    (name) =>
      pageNamed(name) ??
      refuse(
        name,
        trees.map((tree) => tree.file),
      ),
  );
  const concerns = ({ file }: { file: string }) => chosen.length === 0 || chosen.includes(file);
  const checker = new SdkChecker({ root: project.root, door: source, client });
  try {
    if (values.add !== undefined) {
      const page = values.page === undefined ? undefined : (pageNamed(values.page) ?? values.page);
      const { file, id, text } = addEntry(values.add, trees, checker.read([]), page);
      await replaceFile(join(project.root, file), text);
      console.log(`Added ${values.add} to ${file}. Show it with <CodeBlock referenceId="${id}" />.`);
      return 0;
    }
    const { comparisons, findings: found } = checkReference(pages, {
      checker,
      whole: true,
      spellings: project.spellings,
      keptFields: project.keptFields,
    });
    if (values.accept) {
      console.log(`${found.length} accepted in ${await acceptFindings(project, found, 'reference')}`);
      return 0;
    }
    const accepted = await readKnownFindings(project);
    const { findings, known } = separateKnown(found, accepted, { check: 'reference', complete: true });
    const repeated = findings.filter(concerns).map((finding) => ({ ...finding, repeat: 'npm run reference' }));
    console.log(
      values.json
        ? JSON.stringify(
            { comparisons: comparisons.filter(concerns), ...describeFindings(repeated, known.length) },
            null,
            2,
          )
        : `${formatComparisons(comparisons.filter(concerns))}\n\n${formatFindings(repeated, { known: known.length })}`,
    );
    return repeated.length > 0 ? 1 : 0;
  } finally {
    checker.close();
  }
}

function refuse(file: string, known: readonly string[]): never {
  const nearest = nearestName(file, known);
  throw new UsageError(`Cannot compare ${file}: no such page${nearest === undefined ? '' : ` (nearest "${nearest}")`}`);
}
