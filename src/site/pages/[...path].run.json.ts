/** The programs of a page as its sandbox runs them, which the page fetches when the first of them is to run. */
import type { APIRoute } from 'astro';
import type { ScenarioRun } from '../../snippets/index.ts';
import type { Page } from '../page.ts';
import { describeSite } from '../site.ts';

/** A program, and what it does in the scenarios that a reader may choose; by id of the snippet. */
export type RunnablePrograms = Record<string, { program: string; scenarios: readonly ScenarioRun[] }>;

const programsOf = ({ blocks }: Page): RunnablePrograms =>
  Object.fromEntries(
    blocks.flatMap(({ tabs }) => tabs.flatMap(({ snippet }) =>
      snippet?.runnable === undefined ? [] : [[snippet.id, { program: snippet.runnable, scenarios: snippet.scenarios }]],
    )),
  );

export async function getStaticPaths() {
  return (await describeSite()).pages
    .filter(({ page }) => Object.keys(programsOf(page)).length > 0)
    .map(({ page }) => ({ params: { path: page.markdownPath.slice(1, -'.md'.length) }, props: { page } }));
}

export const GET: APIRoute<{ page: Page }> = ({ props }) => Response.json(programsOf(props.page));
