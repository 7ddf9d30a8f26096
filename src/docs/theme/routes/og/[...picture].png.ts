/** The link preview images; only if the site's address is known, since their links must be absolute. */
import { fileURLToPath } from 'node:url';
import { cacheDir } from 'astro:config/server';
import type { APIRoute } from 'astro';
import { PICTURES_PATH } from '../../../describe/index.ts';
import { type PictureText, drawPicture } from '../../../artifacts/index.ts';
import { describedSite } from 'virtual:docs/site';

export async function getStaticPaths() {
  if (import.meta.env.SITE === undefined) return [];
  const { pages } = await describedSite();
  const pictures = new Map(pages.map((page) => [page.picture.path, page.picture]));
  return [...pictures].map(([path, text]) => ({
    params: { picture: path.slice(PICTURES_PATH.length, -'.png'.length) },
    props: { text },
  }));
}

export const GET: APIRoute<{ text: PictureText }> = async ({ props }) => {
  const { project } = await describedSite();
  const png = await drawPicture(props.text, {
    cache: fileURLToPath(new URL('pictures/', cacheDir)),
    siteTitle: project.title,
    mark: project.mark,
  });
  return new Response(png, { headers: { 'Content-Type': 'image/png' } });
};
