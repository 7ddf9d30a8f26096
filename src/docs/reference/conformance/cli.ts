/** `npm run reference`: compares the reference with the SDK; exits 1 if they differ. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatFindings, readCommandLine, runCommand } from '../../findings/index.ts';
import { readPages } from '../../pages/index.ts';
import { SdkChecker } from '../../typescript/index.ts';

const PROJECT_ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
import { checkReference } from './check-reference.ts';
import { formatComparisons } from './table.ts';

const HELP = `Usage: npm run reference [-- options]

Compares the reference metadata of all pages with the types of the SDK.

  --json              print data instead of text
  --root <folder>     another project, with a package.json and node_modules
  --content <folder>  its pages (default "content")
  --import <module>   its SDK, as a path relative to the project (default "src/sdk/index.ts")
  --client <class>    the class that calls of its SDK start from (default "WorkOS")

Exit code: 0 without findings, 1 with findings.`;

const OPTIONS = {
  json: { type: 'boolean' },
  root: { type: 'string' },
  content: { type: 'string' },
  import: { type: 'string' },
  client: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function main(): Promise<number> {
  const { values } = readCommandLine('npm run reference', OPTIONS);
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const root = resolve(PROJECT_ROOT, values.root ?? '.');
  const checker = new SdkChecker({
    root,
    ...(values.import && { door: values.import }),
    ...(values.client && { client: values.client }),
  });
  const pages = (await readPages(root, values.content)).map(({ frontmatter }) => frontmatter);
  try {
    const { comparisons, findings } = checkReference(pages, { checker, whole: true });
    const repeated = findings.map((finding) => ({ ...finding, repeat: 'npm run reference' }));
    console.log(
      values.json
        ? JSON.stringify({ comparisons, findings: repeated }, null, 2)
        : `${formatComparisons(comparisons)}\n\n${formatFindings(repeated)}`,
    );
    return findings.length > 0 ? 1 : 0;
  } finally {
    checker.close();
  }
}

await runCommand(main);
