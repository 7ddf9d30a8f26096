/**
 * What programs import, and what they say that they need → where a reader who installs that has too little, or too
 * much.
 */
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { type Finding, nearestName } from '../findings/index.ts';
import type { Program } from './compiler.ts';

export interface Import {
  /** What stands between the quotes. */
  name: string;
  line: number;
  column: number;
}

/** The parts of a project's package.json that say what its programs may import. */
export interface Manifest {
  name: string;
  devDependencies?: Record<string, string>;
}

export function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}

/**
 * A reader has Node, the package, and what the program's `@needs` says; a program imports that, all of it, and nothing
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

/** `hono/cookie` → `hono`, `@hono/node-server/serve-static` → `@hono/node-server`; a path stays as it is. */
function packageOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^./@][^/]*/.exec(specifier)?.[0] ?? specifier;
}

/** `@types/express` → `express`; `@types/scope__name` → `@scope/name`; another package is itself. */
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
    message: `Cannot import "${name}": a reader who installs ${own} has Node and that package only`,
    fix: 'Write the program without it, or name its package behind // @needs, so that the page tells the reader to install it.',
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
    message: `Cannot run with "${name}": package.json ${version === undefined ? 'does not have it' : `asks for ${version}`}, one exact version among its devDependencies is wanted`,
    ...(nearest !== undefined && version === undefined && { nearest }),
    fix: `Correct the name, or install it with npm install --save-dev --save-exact ${name}.`,
  };
}

function unusedFinding(place: Pick<Finding, 'file' | 'line'>, name: string): Finding {
  return {
    code: 'needs-unused',
    ...place,
    message: `Cannot ask a reader to install "${name}": the program does not import it`,
    fix: 'Remove it from the line.',
  };
}
