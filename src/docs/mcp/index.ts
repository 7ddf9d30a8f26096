/** A documentation site → a server of the Model Context Protocol, for agents: reading over HTTP, and also running over stdio. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DescribedSite, readSite } from '../describe/index.ts';
import type { Project } from '../options/index.ts';
import type { Limits } from '../snippets/index.ts';
import { checkTool } from './check-tool.ts';
import { answerHttp } from './http.ts';
import { type Library, describeLibrary, subjectOf } from './library.ts';
import { readingTools } from './reading-tools.ts';
import { scenarioNames } from './recorded-api.ts';
import { createMcpServer } from './server.ts';
import type { Tool } from './tool.ts';

export { MESSAGE_BYTES_MAX, serveStdio } from './stdio.ts';

/** A server with all tools. The site is read when a tool first needs it, and again if that failed. */
export async function createDocsServer(
  project: Project,
  limits: Partial<Limits> = {},
): Promise<ReturnType<typeof createMcpServer>> {
  const subject = subjectOf(project);
  const tools = [
    ...readingTools(
      subject,
      readOnce(() => readSite(project)),
    ),
    checkTool(subject, project, { scenarios: await scenarioNames(project), limits }),
  ];
  return serverOf(project, tools, ' Before you show a program to somebody, check it.');
}

/** Answers requests over HTTP, with the tools that only read. Browsers reach it at `hostname`, if it is given. */
export function createHttpAnswers(
  project: Project,
  { hostname, receiveMsMax }: { hostname?: string; receiveMsMax?: number } = {},
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const tools = readingTools(
    subjectOf(project),
    readOnce(() => readSite(project)),
  );
  return (request, response) =>
    answerHttp(request, response, { createServer: () => serverOf(project, tools), hostname, receiveMsMax });
}

function serverOf(project: Project, tools: readonly Tool[], more = '') {
  const instructions = `The documentation of ${subjectOf(project)}: ${project.tagline} Its examples ran when the site was built. Search first, then read the page, the reference or the example that you need.${more}`;
  return createMcpServer({ title: project.title, version: versionOfEngine(), instructions, tools });
}

function versionOfEngine(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}

function readOnce(read: () => Promise<DescribedSite>): () => Promise<Library> {
  let library: Promise<Library> | undefined;
  return () => {
    library ??= read().then(describeLibrary);
    library.catch(() => (library = undefined));
    return library;
  };
}
