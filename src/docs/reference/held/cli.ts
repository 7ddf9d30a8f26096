/** `npm run reference`: holds the reference against the SDK; exits 1 when they differ. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatFindings, formatJUnit } from '../../findings/index.ts';
import { readPages } from '../../pages/index.ts';
import { PROJECT_ROOT, SdkChecker } from './checker.ts';
import { holdReference } from './hold.ts';
import { formatComparisons } from './table.ts';

const HELP = `Usage: npm run reference [-- options]

Holds the reference metadata of all pages against the types of the SDK.

  --json              print data instead of text
  --junit <file>      write JUnit XML to a file
  --root <folder>     another project, with a package.json and node_modules
  --content <folder>  its pages, "content" unless given
  --import <module>   its SDK, as a path from the folder; "src/sdk/index.ts" unless given
  --client <class>    what calls of its SDK begin with; "WorkOS" unless given

Exit code: 0 without findings, 1 with findings.`;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    junit: { type: 'string' },
    root: { type: 'string' },
    content: { type: 'string' },
    import: { type: 'string' },
    client: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

async function main(): Promise<void> {
  const root = resolve(PROJECT_ROOT, values.root ?? '.');
  const checker = new SdkChecker({
    root,
    ...(values.import && { door: values.import }),
    ...(values.client && { client: values.client }),
  });
  const pages = (await readPages(root, values.content)).map(({ frontmatter }) => frontmatter);
  try {
    const { comparisons, findings } = holdReference(pages, { checker, whole: true });
    const repeated = findings.map((finding) => ({ ...finding, repeat: 'npm run reference' }));
    if (values.junit !== undefined) {
      const files = new Set([...pages, ...repeated].map(({ file }) => file));
      const cases = [...files].map((file) => ({
        file,
        durationMs: 0,
        findings: repeated.filter((finding) => finding.file === file),
      }));
      await writeFile(resolve(values.junit), `${formatJUnit('reference', cases)}\n`);
    }
    console.log(
      values.json
        ? JSON.stringify({ comparisons, findings: repeated }, null, 2)
        : `${formatComparisons(comparisons)}\n\n${formatFindings(repeated)}`,
    );
    if (findings.length > 0) process.exitCode = 1;
  } finally {
    checker.close();
  }
}

if (values.help) console.log(HELP);
else await main();
