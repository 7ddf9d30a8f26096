/** `npm run reference`: holds the reference against the SDK; exits 1 when they differ. `--json` prints data. */
import { parseArgs } from 'node:util';
import { formatFindings } from '../../findings/index.ts';
import { holdReference } from './hold.ts';
import { readPages } from './pages.ts';
import { formatComparisons } from './table.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const { comparisons, findings } = holdReference(await readPages());
if (values.json) {
  console.log(JSON.stringify({ comparisons, findings }, null, 2));
} else {
  console.log(`${formatComparisons(comparisons)}\n\n${formatFindings(findings)}`);
}
if (findings.length > 0) process.exitCode = 1;
