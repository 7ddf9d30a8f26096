/**
 * `npm run prove [-- area]`: plants falsehoods in a copy of the project and prints which check detects each; exits 1
 * unless all are detected.
 */
import { fileURLToPath } from 'node:url';
import { UsageError, nearestName, runCommand } from '../../docs/findings/index.ts';
import { buildPackage } from '../build-package.ts';
import type { Kind } from './falsehood.ts';
import { KINDS } from './falsehood-kinds.ts';
import { type Proof, prove } from './prove.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WIDTH = 56;

/** One line of the table: area, falsehood, check, findings. */
export function formatProof({ falsehood: { kind, file, line }, found, caught, durationMs }: Proof): string {
  const verdict = caught
    ? found.filter((code) => kind.expects.includes(code)).join(', ')
    : `not detected, found ${found.join(', ') || 'nothing'}`;
  return `${kind.area.padEnd(15)} ${kind.name.padEnd(WIDTH)} ${kind.check.padEnd(10)} ${verdict} (${file}:${line}, ${(durationMs / 1000).toFixed(1)} s)`;
}

/** Detected falsehoods by area and check, and the score. */
export function formatScore(proofs: readonly Proof[]): string {
  const checks = [...new Set(proofs.map(({ falsehood }) => falsehood.kind.check))];
  const areas = [...Map.groupBy(proofs, ({ falsehood }) => falsehood.kind.area)];
  const cell = (some: readonly Proof[]) =>
    (some.length === 0 ? '' : `${some.filter(({ caught }) => caught).length}/${some.length}`).padStart(11);
  const caught = proofs.filter((proof) => proof.caught).length;
  return [
    `${'falsehoods'.padEnd(15)}${checks.map((check) => check.padStart(11)).join('')}`,
    ...areas.map(
      ([area, of]) =>
        `${area.padEnd(15)}${checks.map((check) => cell(of.filter(({ falsehood }) => falsehood.kind.check === check))).join('')}`,
    ),
    `${caught} of ${proofs.length} falsehoods caught: ${((caught / Math.max(proofs.length, 1)) * 100).toFixed(caught === proofs.length ? 0 : 1)} %`,
  ].join('\n');
}

/** The kinds of the areas that begin with `area`. Throws if there are none. */
export function kindsOf(area: string | undefined): Kind[] {
  const kinds = KINDS.filter((kind) => area === undefined || kind.area.startsWith(area));
  if (kinds.length > 0) return kinds;
  const areas = [...new Set(KINDS.map((kind) => kind.area))];
  const nearest = nearestName(area ?? '', areas);
  throw new UsageError(
    `Cannot run npm run prove: there is no area "${area}"${nearest === undefined ? '' : ` (nearest "${nearest}")`}, expected one of ${areas.join(', ')}`,
  );
}

async function main(): Promise<number> {
  const [area] = process.argv.slice(2);
  const kinds = kindsOf(area);
  const startedAt = performance.now();
  await buildPackage(ROOT);
  const proofs = await prove(ROOT, { kinds, onProof: (proof) => console.log(formatProof(proof)) });
  // A kind without candidates tests nothing, so report it.
  const empty = kinds.filter((kind) => !proofs.some(({ falsehood }) => falsehood.kind === kind));
  for (const { area: of, name } of empty)
    console.log(`${of.padEnd(15)} ${name}: found no place in the project for this falsehood`);
  console.log(`\n${formatScore(proofs)}, in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  return proofs.length === 0 || empty.length > 0 || proofs.some(({ caught }) => !caught) ? 1 : 0;
}

if (import.meta.main) await runCommand(main);
