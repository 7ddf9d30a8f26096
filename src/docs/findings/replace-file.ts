/** Replaces a file atomically. */
import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';

/** Readers see the old text or the new one, never a part. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.${randomUUID()}.next`;
  await writeFile(next, text);
  await rename(next, path);
}
