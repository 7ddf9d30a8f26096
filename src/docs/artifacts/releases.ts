/** The changelog page → its releases, with text and date. */
import type { Page } from '../describe/index.ts';

export const CHANGELOG_PATH = '/changelog';

export interface Release {
  title: string;
  /** Address of its heading. */
  path: string;
  /** Markdown below its heading. */
  text: string;
  /** The date in its heading; for an unreleased section, the date of the page's last change. */
  day: string | undefined;
}

/** Releases in the order of the page, newest first. */
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
