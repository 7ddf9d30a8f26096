/** A program as the sandbox runs it, which a page fetches when it is to run. */
import type { APIRoute } from 'astro';
import type { ScenarioRun } from '../../../snippets/index.ts';
import { describedSite } from '../../described-site.ts';

export interface RunnableProgram {
  program: string;
  /** What it does in each scenario that a reader may choose. */
  scenarios: readonly ScenarioRun[];
}

export async function getStaticPaths() {
  const snippets = (await describedSite()).pages.flatMap((page) => page.blocks.flatMap(({ tabs }) => tabs.flatMap(({ snippet }) => snippet ?? [])));
  return [...new Map(snippets.map((snippet) => [snippet.id, snippet])).values()].flatMap(({ id, runnable: program, scenarios }) =>
    program === undefined ? [] : [{ params: { program: id }, props: { program, scenarios } }],
  );
}

export const GET: APIRoute<RunnableProgram> = ({ props }) => Response.json(props);
