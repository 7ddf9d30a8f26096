/** Runs programs with interpreters of the machine, where they and the libraries are there; tells which are not. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Snippet } from '../../source/snippet.ts';
import { machineEnvironment } from './machine-environment.ts';
import type { RunContext } from '../outcome.ts';
import { runInProcess } from './process.ts';

/** How a language is run by the machine. */
export interface NativeInterpreter {
  /** Commands to try, in this order. */
  commands: readonly string[];
  /** Arguments with which the command ends well where it has these libraries, and prints its version. */
  probe: (libraries: readonly string[]) => readonly string[];
}

/** A program that could not be run on this machine. */
export interface Unavailable {
  snippet: Snippet;
  /** What is missing, such as `no ruby with jwt on this machine`. */
  reason: string;
}

const PROBE_TIMEOUT_MS = 10_000;

/** Runs the programs, each in a process of its own; those that cannot be are returned. */
export async function runNative(
  snippets: readonly Snippet[],
  interpreter: NativeInterpreter,
  context: RunContext,
): Promise<Unavailable[]> {
  const {
    project: { root },
    issueEnvironment,
    onOutcome,
  } = context;
  const unavailable: Unavailable[] = [];
  for (const snippet of snippets) {
    const { libraries = [] } = snippet.directives.native ?? {};
    const found = await findInterpreter(interpreter, libraries);
    if (!found) {
      const [name = ''] = interpreter.commands;
      unavailable.push({ snippet, reason: `no ${name} with ${libraries.join(' and ')} on this machine` });
      continue;
    }
    const issued = await issueEnvironment();
    const environment = { ...machineEnvironment(), ...issued };
    const outcome = await runInProcess(found.command, [join(root, snippet.path)], {
      ...context,
      cwd: root,
      environment,
      ranOn: found.version,
    });
    onOutcome(snippet, outcome, issued);
  }
  return unavailable;
}

/** The first of the commands that has the libraries. */
export async function findInterpreter(
  { commands, probe }: NativeInterpreter,
  libraries: readonly string[],
): Promise<{ command: string; version: string } | undefined> {
  for (const command of commands) {
    try {
      const { stdout } = await promisify(execFile)(command, probe(libraries), { timeout: PROBE_TIMEOUT_MS });
      return { command, version: stdout.trim() };
    } catch {
      // Not there, or without one of the libraries: the next one may do.
    }
  }
  return undefined;
}
