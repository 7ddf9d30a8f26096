/**
 * Prints the calls that the reference documents in Ruby or Python, as JSON, for the check in that language:
 * `node src/site/vendor-calls/list-calls.ts ruby | ruby src/site/vendor-calls/check_calls.rb`.
 */
import { fileURLToPath } from 'node:url';
import { readSite } from '../../docs/describe/index.ts';
import { siteProject } from '../docs-options.ts';

export interface DocumentedCall {
  /** `UserManagement`, `user_management` or `session`. */
  owner: string;
  method: string;
  parameters: { name: string; optional: boolean }[];
}

/** The calls of all entries in `language`. */
export async function listCalls(language: string): Promise<DocumentedCall[]> {
  const { pages } = await readSite(siteProject());
  const entries = pages.flatMap(({ blocks }) => blocks.flatMap(({ tabs }) => tabs.flatMap(({ entry }) => entry ?? [])));
  return entries.flatMap((entry) => {
    const [, owner = '', method = ''] = /^(\w+)\.(\w+)(?:\(\))?$/.exec(entry.title) ?? [];
    if (entry.language !== language || method === '') return [];
    return {
      owner,
      method,
      parameters: entry.parameters.map(({ key, optional = false }) => ({ name: key, optional })),
    };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(JSON.stringify(await listCalls(process.argv[2] ?? '')));
