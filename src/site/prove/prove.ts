/** Plants falsehoods in copies of a project, one at a time, and runs the check that should detect each. */
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyProject } from './copy-project.ts';
import { CHECKS, closeCheckers } from './checks.ts';
import { type CheckName, type Falsehood, type Kind, makeFalsehoods } from './falsehood.ts';

const TEXTS = [
  '{README,CONTRIBUTING,CHANGELOG,SECURITY}.md',
  'content/**/*.{mdx,yaml}',
  'snippets/*',
  'src/sdk/**/*.ts',
  'src/emulator/**/*.{ts,md}',
];
/** Checks that start processes; they run in a second copy, in parallel with the others. */
const APART: readonly CheckName[] = ['programs', 'tests'];

export interface Proof {
  falsehood: Falsehood;
  /** Codes of all findings of the check. */
  found: string[];
  caught: boolean;
  durationMs: number;
}

export interface ProveOptions {
  kinds: readonly Kind[];
  onProof?: ((proof: Proof) => void) | undefined;
}

/**
 * Plants falsehoods in copies of the project below `root` and checks each. Throws if a check has findings in the
 * unchanged project, since it would then report every change as detected.
 */
export async function prove(root: string, { kinds, onProof }: ProveOptions): Promise<Proof[]> {
  const falsehoods = makeFalsehoods(kinds, await readTexts(root));
  const [apart, together] = [falsehoods.filter(isApart), falsehoods.filter((each) => !isApart(each))];
  const proofs = await Promise.all([together, apart].map((group) => proveInCopy(root, group, onProof)));
  closeCheckers();
  return proofs.flat().toSorted((a, b) => falsehoods.indexOf(a.falsehood) - falsehoods.indexOf(b.falsehood));
}

function isApart({ kind }: Falsehood): boolean {
  return APART.includes(kind.check);
}

/** The files that falsehoods are planted in, by path relative to the root. */
export async function readTexts(root: string): Promise<Map<string, string>> {
  const files = (await Array.fromAsync(glob(TEXTS, { cwd: root }))).map((file) => file.replaceAll('\\', '/')).sort();
  const inner = files.filter((file) => !/\.test\.ts$|\/(?:testdata|bench)\//.test(file));
  return new Map(
    await Promise.all(inner.map(async (file) => [file, await readFile(join(root, file), 'utf8')] as const)),
  );
}

async function proveInCopy(
  root: string,
  falsehoods: readonly Falsehood[],
  onProof: ProveOptions['onProof'],
): Promise<Proof[]> {
  if (falsehoods.length === 0) return [];
  const copy = await mkdtemp(join(tmpdir(), 'prove-'));
  try {
    await copyProject(root, copy, ['build']);
    await refuseUntrue(copy, falsehoods);
    const proofs: Proof[] = [];
    for (const falsehood of falsehoods) {
      const proof = await proveOne(copy, falsehood);
      proofs.push(proof);
      onProof?.(proof);
    }
    return proofs;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function refuseUntrue(copy: string, falsehoods: readonly Falsehood[]): Promise<void> {
  const tests = [...new Set(falsehoods.flatMap(testsOf))];
  for (const check of new Set(falsehoods.map(({ kind }) => kind.check))) {
    const found = await CHECKS[check](copy, { tests });
    if (found.length > 0)
      throw new Error(
        `Cannot test the check "${check}": it reports ${found.join(', ')} in the unchanged project, expected no findings`,
      );
  }
}

async function proveOne(copy: string, falsehood: Falsehood): Promise<Proof> {
  const { kind, file, text } = falsehood;
  const path = join(copy, file);
  const former = await readFile(path, 'utf8');
  const startedAt = performance.now();
  await writeFile(path, text);
  try {
    const found = await CHECKS[kind.check](copy, { file, text, tests: testsOf(falsehood) });
    const caught = found.some((code) => kind.expects.includes(code));
    return { falsehood, found, caught, durationMs: performance.now() - startedAt };
  } finally {
    await writeFile(path, former);
  }
}

function testsOf({ kind }: Falsehood): readonly string[] {
  return kind.check === 'tests' ? kind.expects : [];
}
