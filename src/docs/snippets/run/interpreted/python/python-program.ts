/** In a thread: runs Python snippets with Pyodide. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPyodide } from 'pyodide';
import type { PyCallable } from 'pyodide/ffi';
import { serveThread } from '../interpreted-program.ts';
import type { Ending } from '../../outcome.ts';
import type { Bridge } from '../sdk-bridge.ts';

const FACE = join(import.meta.dirname, '../../../../../faces/python/workos.py');
const FOLDER = '/session-helpers';

const python = await loadPyodide();
python.FS.mkdir(FOLDER);
python.FS.writeFile(`${FOLDER}/workos.py`, readFileSync(FACE, 'utf8'));

let bridge: Bridge;
python.registerJsModule('_session_helpers', {
  create: (given: string) => bridge.create(given),
  call: (handle: number, method: string, given: string) => bridge.call(handle, method, given),
});
// Import the standard modules of the wrapper once, so that they are not loaded again for each snippet.
python.runPython(`import sys; sys.path.append("${FOLDER}"); import workos; del sys.modules["workos"]`);
python.runPython(readFileSync(join(import.meta.dirname, 'run_program.py'), 'utf8'));
const run = python.globals.get('run') as PyCallable;

serveThread(`Python ${python.runPython('sys.version.split()[0]')}`, async (program) => {
  ({ bridge } = program);
  const { path, source, environment, wrote, wroteError } = program;
  // Python can only await the bridge's promises inside an async call.
  return JSON.parse(await run.callPromising(path, source, JSON.stringify(environment), wrote, wroteError)) as Ending;
});
