/** `npm run supply-chain`: checks the licences of dependencies, and the workflows; exits 1 with findings. */
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { formatFindings } from '../docs/findings/index.ts';
import { checkLicences } from './licences.ts';
import { checkWorkflow } from './workflows.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const workflows = (await Array.fromAsync(glob('.github/workflows/*.yml', { cwd: ROOT }))).sort();
const findings = [
  ...checkLicences(await readFile(`${ROOT}package-lock.json`, 'utf8')),
  ...(
    await Promise.all(workflows.map(async (file) => checkWorkflow(await readFile(`${ROOT}${file}`, 'utf8'), file)))
  ).flat(),
];
console.log(formatFindings(findings));
if (findings.length > 0) process.exitCode = 1;
