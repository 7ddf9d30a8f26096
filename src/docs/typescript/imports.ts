/**
 * Imports and `@needs` directives of snippets → findings for packages that a reader would miss, or would not need.
 */
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { type Finding, nearestName } from '../findings/index.ts';
import type { Program } from './compiler.ts';

export interface Import {
  /** The text between the quotes. */
  name: string;
  line: number;
  column: number;
}

/** The fields of package.json that define what snippets can import. */
export interface Manifest {
  name: string;
  devDependencies?: Record<string, string>;
}

export function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}

/**
 * A reader has Node, the package, and the packages in `@needs`. A snippet must import all of `@needs`, and nothing
 * else.
 */
export function checkImports(
  imports: readonly Import[],
  { path, needs }: Pick<Program, 'path' | 'needs'>,
  { name: own, devDependencies = {} }: Manifest,
): Finding[] {
  const needed = needs?.packages ?? [];
  const foreign = imports.filter(({ name }) => !isBuiltin(name) && packageOf(name) !== own);
  const undeclared = foreign.filter(({ name }) => !needed.includes(packageOf(name)));
  const used = new Set(foreign.map(({ name }) => packageOf(name)));
  const place = { file: path, line: needs?.line ?? 1 };
  return [
    ...undeclared.map((each) => importFinding(each, path, own)),
    ...needed.flatMap((name) => {
      if (!/^\d+\.\d+\.\d+$/.test(devDependencies[name] ?? '')) return [unpinnedFinding(place, name, devDependencies)];
      return used.has(typedBy(name)) ? [] : [unusedFinding(place, name)];
    }),
  ];
}

/** `hono/cookie` → `hono`, `@hono/node-server/serve-static` → `@hono/node-server`; paths are unchanged. */
function packageOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^./@][^/]*/.exec(specifier)?.[0] ?? specifier;
}

/** `@types/express` → `express`; `@types/scope__name` → `@scope/name`; other packages are unchanged. */
function typedBy(name: string): string {
  const [, typed] = /^@types\/(.+)$/.exec(name) ?? [];
  return typed === undefined ? name : typed.replace(/^(.+)__(.+)$/, '@$1/$2');
}

function importFinding({ name, line, column }: Import, file: string, own: string): Finding {
  return {
    code: 'import-foreign',
    file,
    line,
    column,
    message: `Cannot import "${name}": readers only have Node and ${own}`,
    fix: 'Remove the import, or name the package in // @needs, so that the page tells readers to install it.',
  };
}

function unpinnedFinding(
  place: Pick<Finding, 'file' | 'line'>,
  name: string,
  known: Readonly<Record<string, string>>,
): Finding {
  const nearest = nearestName(name, Object.keys(known));
  const version = known[name];
  return {
    code: 'needs-unpinned',
    ...place,
    message: `Cannot run with "${name}": package.json ${version === undefined ? 'does not have it' : `asks for ${version}`}, expected one exact version in devDependencies`,
    ...(nearest !== undefined && version === undefined && { nearest }),
    fix: `Correct the name, or install it with npm install --save-dev --save-exact ${name}.`,
  };
}

function unusedFinding(place: Pick<Finding, 'file' | 'line'>, name: string): Finding {
  return {
    code: 'needs-unused',
    ...place,
    message: `Cannot ask a reader to install "${name}": the snippet does not import it`,
    fix: 'Remove it from @needs.',
  };
}
