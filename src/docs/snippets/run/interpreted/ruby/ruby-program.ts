/** In a thread: runs Ruby snippets with CRuby in WebAssembly. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { File, OpenFile, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim';
import { RubyVM } from '@ruby/wasm-wasi';
import { serveThread } from '../interpreted-program.ts';
import type { Ending } from '../../outcome.ts';

const FACE = join(import.meta.dirname, '../../../../../faces/ruby/workos.rb');
const FOLDER = '/session-helpers';
const INTERPRETER = createRequire(import.meta.url).resolve('@ruby/3.4-wasm-wasi/dist/ruby+stdlib.wasm');

const face = new File(readFileSync(FACE));
const unread = () => new OpenFile(new File([]));
const wasi = new WASI(
  [],
  [],
  [unread(), unread(), unread(), new PreopenDirectory(FOLDER, new Map([['workos.rb', face]]))],
);
const module = await WebAssembly.compile(readFileSync(INTERPRETER));
const { vm } = await RubyVM.instantiateModule({ module, wasip1: wasi as never });

vm.eval(readFileSync(join(import.meta.dirname, 'run_program.rb'), 'utf8'));
// Require the standard libraries of the wrapper once, so that they are not loaded again for each snippet.
vm.eval(`$LOAD_PATH.unshift("${FOLDER}")`);

const world = globalThis as { snippet?: unknown; sessionHelpers?: unknown };

serveThread(`Ruby ${vm.eval('RUBY_VERSION').toString()}`, async ({ bridge, environment, ...program }) => {
  world.snippet = { ...program, environment: JSON.stringify(environment) };
  world.sessionHelpers = bridge;
  const ending = await vm.evalAsync('SnippetRunner.run');
  return JSON.parse(ending.toString()) as Ending;
});
