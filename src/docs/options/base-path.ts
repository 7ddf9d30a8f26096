/** A site below a path, such as `/docs`: adds the path to the addresses in its files, which are written without it. */

/** Attributes that hold an address of the site. */
const ADDRESS = /(\s(?:href|src|poster|data-from|action)=)(["']?)\/(?!\/)/g;

/** Adds `base`, such as `/docs`, to the addresses in a page. Text that looks like a tag is escaped, and stays. */
export function withBase(html: string, base: string): string {
  if (base === '') return html;
  return html
    .replaceAll(/<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/gi, (tag) => tag.replaceAll(ADDRESS, `$1$2${base}/`))
    .replace(/(<script type="speculationrules">)(.*?)(<\/script>)/s, (_, open: string, rules: string, close: string) =>
      [open, rules.replaceAll('"/*', `"${base}/*`), close].join(''),
    )
    .replaceAll('import(`/scripts/', `import(\`${base}/scripts/`)
    .replaceAll('content="0;url=/', `content="0;url=${base}/`);
}

/** Adds `base` to the links in Markdown; code in it stays. */
export function markdownWithBase(markdown: string, base: string): string {
  if (base === '') return markdown;
  return markdown
    .split(/(^(?:```+|~~~+)[^]*?^(?:```+|~~~+)$|`[^`\n]+`)/m)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/(\]\(|^\[[^\]]+\]: )\/(?!\/)/gm, `$1${base}/`)))
    .join('');
}

/** `/docs/` and `docs` → `/docs`; `/` → the empty string. */
export function readBase(base: string): string {
  const inner = base.replaceAll(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `/${inner}`;
}

/** The path of a request without `base`; undefined if it is not below it. */
export function withoutBase(path: string, base: string): string | undefined {
  if (base === '') return path;
  if (path === base) return '/';
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
}
