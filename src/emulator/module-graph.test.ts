/** The modules that a browser loads for createEmulator, including packages. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const DOOR = new URL('index.ts', import.meta.url).href;
/** Imports and re-exports. Imports of types do not exist at run time, and only startEmulator imports the server. */
const IMPORT =
  /^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\bfrom\s*)?['"]([^'"]+)['"]|\bimport\('(?!\.\/server\.ts)([^']+)'\)/gm;

/** Every module reached by imports, as URLs, and every specifier. */
async function walk(start: string): Promise<{ modules: Set<string>; specifiers: Set<string> }> {
  const modules = new Set([start]);
  const specifiers = new Set<string>();
  for (const module of modules) {
    const text = await readFile(fileURLToPath(module), 'utf8');
    for (const [, at, later] of text.matchAll(IMPORT)) {
      const specifier = at ?? later ?? '';
      specifiers.add(specifier);
      if (specifier.startsWith('node:')) continue;
      const own = specifier.startsWith('.');
      modules.add(own ? new URL(specifier, module).href : import.meta.resolve(specifier));
    }
  }
  return { modules, specifiers };
}

it('createEmulator needs no module of Node and no package', async () => {
  const { modules, specifiers } = await walk(DOOR);
  const names = [...modules].map((module) => module.replace(/^.*\/(?=src\/|node_modules\/)/, ''));
  expect(names).toContain('src/emulator/routes/authenticate.ts');
  expect(names.filter((name) => !name.startsWith('src/emulator/'))).toEqual([]);
  expect([...specifiers].filter((specifier) => specifier.startsWith('node:'))).toEqual([]);
});

it('startEmulator needs them, so the search finds such imports', async () => {
  const { specifiers } = await walk(new URL('server.ts', import.meta.url).href);
  expect([...specifiers]).toEqual(expect.arrayContaining(['node:http', '@hono/node-server']));
});
