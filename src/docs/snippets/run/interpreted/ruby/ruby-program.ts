/** In a thread: runs Ruby snippets with CRuby in WebAssembly. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { File, type Inode, OpenFile, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim';
import { RubyVM } from '@ruby/wasm-wasi';
import { faces, serveThread } from '../interpreted-program.ts';
import type { Ending } from '../../outcome.ts';

/** Folder of the stand-in in the interpreter's file system. */
const FOLDER = '/faces';
const INTERPRETER = createRequire(import.meta.url).resolve('@ruby/3.4-wasm-wasi/dist/ruby+stdlib.wasm');

const files = new Map(
  faces?.ruby === undefined ? [] : [[basename(faces.ruby), new File(readFileSync(faces.ruby))] as const],
);
const unread = () => new OpenFile(new File([]));
/** The root of the interpreter's file system, and the current folder of snippets. */
const written = new Map<string, Inode>();
const folders = [new PreopenDirectory('/', written), new PreopenDirectory(FOLDER, files)];
const wasi = new WASI([], ['LANG=C.UTF-8'], [unread(), unread(), unread(), ...folders]);
const module = await WebAssembly.compile(readFileSync(INTERPRETER));
const { vm } = await RubyVM.instantiateModule({ module, wasip1: wasi as never });

vm.eval(readFileSync(join(import.meta.dirname, 'run_program.rb'), 'utf8'));
// Require the standard libraries of the stand-in once, so that they are not loaded again for each snippet.
vm.eval(`$LOAD_PATH.unshift("${FOLDER}")`);

const world = globalThis as { snippet?: unknown; packageBridge?: unknown };

serveThread(`Ruby ${vm.eval('RUBY_VERSION').toString()}`, async ({ bridge, environment, ...program }) => {
  world.snippet = { ...program, environment: JSON.stringify(environment) };
  world.packageBridge = bridge;
  // Files of the snippet before.
  written.clear();
  const ending = await vm.evalAsync('SnippetRunner.run');
  return JSON.parse(ending.toString()) as Ending;
});
