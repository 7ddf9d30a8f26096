/**
 * `npm run bench:snippets [-- --ts 500 --rb 30 --py 30]`: measures time and memory of type-checking and running many
 * snippets, and the time per additional one. TypeScript snippets come from the reference pages only, where each makes a
 * call or two, and then from all pages, where some start servers or try thousands of cookies.
 */
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatFindings } from '../../findings/index.ts';
import { readProject } from '../../options/index.ts';
import { readSnippets } from '../source/read.ts';
import { verifySnippets } from '../verify.ts';

const ENDINGS = ['ts', 'rb', 'py'] as const;
/** The fraction of snippets that runs alone first; the additional time of the rest gives the cost per snippet. */
const SHARE = 0.2;
const MEGABYTE = 1_048_576;

type Counts = Record<(typeof ENDINGS)[number], number>;

/** Prefix of snippets in the reference. */
const OF_THE_REFERENCE = 'session-helpers-';

const project = await readProject('.');

/** Creates a project from copies of this project's snippets with a prefix, each shown on a page. */
async function makeProject(root: string, counts: Counts, named: string): Promise<void> {
  const { snippets } = await readSnippets(project);
  await Promise.all([mkdir(join(root, 'snippets')), mkdir(join(root, 'content'))]);
  for (const name of ['package.json', 'tsconfig.json', 'src/sdk', 'build']) {
    await cp(join(project.root, name), join(root, name), { recursive: true });
  }
  await symlink(join(project.root, 'node_modules'), join(root, 'node_modules'));
  const blocks: string[] = [];
  for (const ending of ENDINGS) {
    const programs = snippets.filter(({ id }) => id.startsWith(named) && id.endsWith(`.${ending}`));
    for (let index = 0; index < counts[ending]; index += 1) {
      const program = programs[index % programs.length];
      if (!program)
        throw new Error(`Cannot create snippets: snippets/ has none with .${ending}, expected at least one`);
      const name = `program-${ending}-${index}`;
      await writeFile(join(root, 'snippets', `${name}.${ending}`), program.source);
      blocks.push(`<CodeBlock file="${name}" />`);
    }
  }
  await writeFile(join(root, 'content/index.mdx'), `# Programs\n\n${blocks.join('\n\n')}\n`);
}

async function measure(counts: Counts, named: string): Promise<number> {
  const root = await mkdtemp(join(tmpdir(), 'many-snippets-'));
  try {
    await makeProject(root, counts, named);
    const startedAt = performance.now();
    const verification = await verifySnippets({ project: { ...project, root } });
    // A few snippets do not call every method.
    const findings = verification.findings.filter(({ code }) => code !== 'method-uncalled');
    if (findings.length > 0) throw new Error(formatFindings(findings));
    return (performance.now() - startedAt) / 1000;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    ts: { type: 'string', default: '500' },
    rb: { type: 'string', default: '30' },
    py: { type: 'string', default: '30' },
  },
});
const none: Counts = { ts: 0, rb: 0, py: 0 };
const given: Counts = { ts: Number(values.ts), rb: Number(values.rb), py: Number(values.py) };
const sets = [
  { of: 'of the reference', named: OF_THE_REFERENCE, counts: { ...none, ts: given.ts } },
  { of: 'of all pages', named: '', counts: { ...none, ts: given.ts } },
  { of: 'of all pages', named: '', counts: { ...given, ts: 0 } },
];
for (const { of, named, counts } of sets) {
  const which = ENDINGS.filter((ending) => counts[ending] > 0);
  if (which.length === 0) continue;
  const seconds = await measure(counts, named);
  const few = { ts: Math.ceil(counts.ts * SHARE), rb: Math.ceil(counts.rb * SHARE), py: Math.ceil(counts.py * SHARE) };
  const further = which.reduce((sum, ending) => sum + counts[ending] - few[ending], 0);
  const each = ((seconds - (await measure(few, named))) / further) * 1000;
  console.log(
    `${which.map((ending) => `${counts[ending]} .${ending}`).join(' and ')} ${of}: ${seconds.toFixed(1)} s, each additional one ${each.toFixed(1)} ms`,
  );
}
console.log(`peak memory: ${(process.resourceUsage().maxRSS / (MEGABYTE / 1024)).toFixed(0)} MB`);
