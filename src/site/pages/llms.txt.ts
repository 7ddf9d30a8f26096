/** What the site holds, for programs that read: each page with its address as Markdown and one sentence. */
import type { APIRoute } from 'astro';
import { describedSite } from '../described-site.ts';

export const GET: APIRoute = async () => {
  const { pages, content: { sections } } = await describedSite();
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const home = byPath.get('/');
  const lines = sections.flatMap(({ title, pages: paths }) => [
    `## ${title}`,
    '',
    ...paths.map((path) => {
      const page = byPath.get(path);
      return `- [${page?.title}](${page?.markdownPath}): ${page?.description}`;
    }),
    '',
  ]);
  return new Response([`# ${home?.title}`, '', `> ${home?.description}`, '', ...lines].join('\n'));
};
