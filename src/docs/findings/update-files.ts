/** Findings that say what their file should say instead → the changed files. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Node, isScalar, parseDocument, stringify, visit } from 'yaml';
import type { Finding } from './finding.ts';
import { replaceFile } from './replace-file.ts';

/** Changes the YAML files, and returns what to print of each change. */
export async function updateFiles(root: string, findings: readonly Finding[]): Promise<string[]> {
  const changes = findings.flatMap(({ file, line, update }) => (update ? [{ file, line, ...update }] : []));
  for (const [file, ofFile] of Map.groupBy(changes, (change) => change.file)) {
    let text = await readFile(join(root, file), 'utf8');
    for (const { was, becomes } of ofFile) text = replaceScalar(text, was, becomes);
    await replaceFile(join(root, file), text);
  }
  return changes.map(
    ({ file, line, was, becomes, confirmedBy }) =>
      `updated ${file}:${line} "${was}" → "${becomes}"\n  make sure that ${confirmedBy} still confirms it`,
  );
}

/** Replaces the string in a YAML text, and leaves everything else as it is written. */
function replaceScalar(text: string, was: string, becomes: string): string {
  let range: Node['range'];
  visit(parseDocument(text), {
    Scalar: (_, node) => {
      if (!isScalar(node) || node.value !== was) return undefined;
      range = node.range;
      return visit.BREAK;
    },
  });
  if (!range) return text;
  const [start, end] = range;
  // A string in several lines ends with a line break.
  const rest = text.slice(text[end - 1] === '\n' ? end - 1 : end);
  return text.slice(0, start) + stringify(becomes, { lineWidth: 0, singleQuote: true }).trimEnd() + rest;
}
