/** `node src/snippets/bench/many.ts [count]`: how long do that many programs take, type-checked and run? */
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatFindings } from '../../findings/index.ts';
import { PROJECT_ROOT, readSnippets } from '../source/read.ts';
import { verifySnippets } from '../verify.ts';

const COUNT = 500;

/** A project whose programs are those of this one, over and over, each shown on a page. */
async function makeProject(root: string, count: number): Promise<void> {
  const { snippets } = await readSnippets();
  await Promise.all([mkdir(join(root, 'snippets')), mkdir(join(root, 'content'))]);
  for (const name of ['package.json', 'tsconfig.json', 'src/sdk', 'build']) {
    await cp(join(PROJECT_ROOT, name), join(root, name), { recursive: true });
  }
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(root, 'node_modules'));
  const blocks: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const snippet = snippets[index % snippets.length];
    if (!snippet) throw new Error('Cannot make programs: snippets/ is empty, one at least is wanted');
    const name = `program-${index}`;
    await writeFile(join(root, 'snippets', snippet.id.replace(snippet.name, name)), snippet.source);
    blocks.push(`<CodeBlock file="${name}" />`);
  }
  await writeFile(join(root, 'content/index.mdx'), `# Programs\n\n${blocks.join('\n\n')}\n`);
}

const count = Number(process.argv[2] ?? COUNT);
const root = await mkdtemp(join(tmpdir(), 'many-snippets-'));
try {
  await makeProject(root, count);
  const startedAt = performance.now();
  const { runs, findings } = await verifySnippets({ root });
  const took = performance.now() - startedAt;
  if (findings.length > 0) console.log(formatFindings(findings));
  const running = runs.reduce((sum, { durationMs }) => sum + durationMs, 0);
  console.log(`${runs.length} programs in ${(took / 1000).toFixed(2)} s, ${(took / count).toFixed(1)} ms each; running ${(running / 1000).toFixed(2)} s`);
} finally {
  await rm(root, { recursive: true, force: true });
}
