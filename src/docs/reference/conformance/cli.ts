/** `npm run reference`: compares the reference with the SDK; exits 1 if they differ. */
import { resolve } from 'node:path';
import {
  acceptFindings,
  describeFindings,
  formatFindings,
  readCommandLine,
  readKnownFindings,
  separateKnown,
} from '../../findings/index.ts';
import { readPages } from '../../pages/index.ts';
import { readProject } from '../../options/index.ts';
import { SdkChecker } from '../../typescript/index.ts';
import { checkReference } from './check-reference.ts';
import { formatComparisons } from './table.ts';

const HELP = `Usage: npm run reference [-- options]

Compares the reference metadata of all pages with the types of the SDK.

  --accept         list all findings in the file that "knownFindings" of docs() names
  --json           print data instead of text
  --root <folder>  the project, with an Astro config that uses docs() (default: this folder)

Exit code: 0 without findings, 1 with findings.`;

const OPTIONS = {
  accept: { type: 'boolean' },
  json: { type: 'boolean' },
  root: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export async function main(): Promise<number> {
  const { values } = readCommandLine('npm run reference', OPTIONS);
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const project = await readProject(resolve(values.root ?? '.'));
  const { source, client } = project.package;
  const checker = new SdkChecker({ root: project.root, door: source, client });
  const pages = (await readPages(project.root, project.content)).map(({ frontmatter }) => frontmatter);
  try {
    const { comparisons, findings: found } = checkReference(pages, {
      checker,
      whole: true,
      spellings: project.spellings,
    });
    if (values.accept) {
      console.log(`${found.length} accepted in ${await acceptFindings(project, found, 'reference')}`);
      return 0;
    }
    const accepted = await readKnownFindings(project);
    const { findings, known } = separateKnown(found, accepted, { check: 'reference', complete: true });
    const repeated = findings.map((finding) => ({ ...finding, repeat: 'npm run reference' }));
    console.log(
      values.json
        ? JSON.stringify({ comparisons, ...describeFindings(repeated, known.length) }, null, 2)
        : `${formatComparisons(comparisons)}\n\n${formatFindings(repeated, { known: known.length })}`,
    );
    return findings.length > 0 ? 1 : 0;
  } finally {
    checker.close();
  }
}
