/** In a thread: runs Python snippets with Pyodide. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadPyodide } from 'pyodide';
import type { PyCallable } from 'pyodide/ffi';
import type { Ending } from '../../outcome.ts';
import { type Bridge, faces, serveThread } from '../interpreted-program.ts';

/** Folder of the stand-in in the interpreter's file system. */
const FOLDER = '/faces';

const python = await loadPyodide();
python.FS.mkdir(FOLDER);

let bridge: Bridge;
python.registerJsModule('_package', {
  create: (given: string) => bridge.create(given),
  call: (handle: number, method: string, given: string) => bridge.call(handle, method, given),
});
if (faces?.python !== undefined) {
  const file = basename(faces.python);
  const name = file.replace(/\.py$/, '');
  python.FS.writeFile(`${FOLDER}/${file}`, readFileSync(faces.python, 'utf8'));
  // Import the standard modules of the stand-in once, so that they are not loaded again for each snippet.
  python.runPython(`import sys; sys.path.append("${FOLDER}"); import ${name}; del sys.modules["${name}"]`);
}
python.runPython(readFileSync(join(import.meta.dirname, 'run_program.py'), 'utf8'));
const run = python.globals.get('run') as PyCallable;

serveThread(`Python ${python.runPython('sys.version.split()[0]')}`, async (program) => {
  ({ bridge } = program);
  const { path, source, environment, wrote, wroteError } = program;
  // Python can only await the bridge's promises inside an async call.
  return JSON.parse(await run.callPromising(path, source, JSON.stringify(environment), wrote, wroteError)) as Ending;
});
