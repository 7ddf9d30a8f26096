/** A file's new text, put in its place at one stroke. */
import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';

/** Readers find the former text or the new one, never half of it. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.${randomUUID()}.next`;
  await writeFile(next, text);
  await rename(next, path);
}
