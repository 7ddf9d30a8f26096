/** The changelog's page → its releases, each with its text and its day. */
import type { Page } from '../describe/index.ts';

export const CHANGELOG_PATH = '/changelog';

export interface Release {
  title: string;
  /** Address of its heading. */
  path: string;
  /** Markdown below its heading. */
  text: string;
  /** The day in its heading, or that of the page's last change for what is not released yet. */
  day: string | undefined;
}

/** The newest first, as they stand. */
export function describeReleases({ headings, tree, path, changedOn }: Page): Release[] {
  const lines = tree.text.split('\n');
  const releases = headings.filter(({ depth }) => depth === 2);
  return releases.map(({ text: title, slug, line }, index) => {
    const [day] = /\d{4}-\d{2}-\d{2}/.exec(title) ?? [];
    return {
      title,
      path: `${path}#${slug}`,
      text: lines
        .slice(line, (releases[index + 1]?.line ?? lines.length + 1) - 1)
        .join('\n')
        .trim(),
      day: day ?? (index === 0 ? changedOn : undefined),
    };
  });
}
