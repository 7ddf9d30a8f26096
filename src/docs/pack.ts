/**
 * `npm run pack-docs`: src/docs → build/verified-docs, the engine as a package that Node and Astro load from
 * node_modules, where Node strips no types.
 */
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripTypes } from './run/strip-types.ts';

const SOURCE = import.meta.dirname;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Compiles the engine into `folder`, which is emptied first. */
export function packEngine(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const files = globSync('**/*.*', { cwd: SOURCE })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.test\.ts$|\.d\.ts$|(?:^|\/)(?:testdata|bench|__pycache__)\/|^pack\.ts$/.test(file));
  const compiled = files.filter((file) => file.endsWith('.ts'));
  for (const file of files) {
    const target = join(folder, inJavaScript(file));
    mkdirSync(dirname(target), { recursive: true });
    if (/\.(?:ts|astro|json)$/.test(file)) {
      const text = readFileSync(join(SOURCE, file), 'utf8');
      writeFileSync(target, renameFiles(file.endsWith('.ts') ? stripTypes(text) : text, compiled));
    } else copyFileSync(join(SOURCE, file), target);
  }
  writeFileSync(join(folder, 'integration/index.d.ts'), DECLARATION);
  copyFileSync(join(SOURCE, 'options/project.ts'), join(folder, 'options/project.d.ts'));
  copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
}

/** What projects call; the types of its options are their own declarations. */
const DECLARATION = `import type { AstroIntegration } from 'astro';
import type { DocsOptions } from '../options/project.js';

export type { DocsOptions };
/** The documentation of a package: pages of \`content/\`, code samples of \`snippets/\`. */
export declare function docs(options: DocsOptions): AstroIntegration;
`;

function inJavaScript(file: string): string {
  return file.replace(/\.ts$/, '.js');
}

/** Quoted paths of compiled files, in imports or handed to threads and bundlers, end as these files now do. */
function renameFiles(text: string, compiled: readonly string[]): string {
  return text.replaceAll(
    /(['"])((?:\.{0,2}\/)*)([^'"\n]+\.ts)\1/g,
    (whole, quote: string, up: string, path: string) => {
      const isCompiled = compiled.some((file) => file === path || file.endsWith(`/${path}`));
      return isCompiled ? quote + up + inJavaScript(path) + quote : whole;
    },
  );
}

if (import.meta.main) {
  const [, , folder = join(ROOT, 'build/verified-docs')] = process.argv;
  packEngine(folder);
  console.log(`Compiled the engine into ${folder.replace(ROOT, '')}`);
}
