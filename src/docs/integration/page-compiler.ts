/** Astro's page compiler, set up to read pages as the engine does. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroConfig } from 'astro';
import type { Plugin } from 'vite';
import { UsageError } from '../findings/index.ts';
import type { Project } from '../options/index.ts';
import {
  CALLOUTS,
  FEATURES,
  type PageTree,
  addressOf,
  calloutOf,
  isBroken,
  readPage,
  valueOf,
  withoutMark,
} from '../pages/index.ts';

type Processor = AstroConfig['markdown']['processor'];

const PLUGIN_NAME = 'docs-pages';

function treeOf(path: string, source: string, { root, components }: Project): PageTree {
  return readPage(root, relative(root, path).replaceAll('\\', '/'), source, Object.keys(components));
}

/**
 * Gives Astro the text of a page without its frontmatter, so that Astro does not parse it again. Line numbers stay. A
 * page that cannot be drawn is empty: its errors are findings.
 */
export function loadPages(project: Project): Plugin {
  return {
    name: 'load-pages',
    load: {
      filter: { id: /\.mdx$/ },
      handler: (path) => {
        const source = readFileSync(path, 'utf8');
        if (isBroken(treeOf(path, source, project).findings)) return '';
        return source.replace(/^(\uFEFF?)---[^\S\n]*\n.*?\n---/s, (metadata) => metadata.replaceAll(/[^\n]/g, ''));
      },
    },
  };
}

/** The parts of nodes that the plugin reads. */
interface Written {
  type: string;
  name?: string | null;
  children?: readonly object[];
  url?: string;
  value?: string;
  attributes?: readonly { type: string; name?: string; value?: unknown }[];
}

/** Adds to Astro's processor what the engine's own reader does. Throws a `UsageError` for another processor. */
export function extendProcessor(processor: Processor, project: Project): Processor {
  if (processor.name !== 'satteri')
    throw new UsageError(
      `Cannot read pages with the Markdown processor "${processor.name}": expected Astro's default, Sätteri`,
    );
  const { options } = processor as unknown as {
    options: { features: object; mdastPlugins: { name: string }[] };
  };
  Object.assign(options.features, FEATURES);
  if (!options.mdastPlugins.some(({ name }) => name === PLUGIN_NAME)) options.mdastPlugins.push(pagePlugin(project));
  return processor;
}

interface Context {
  fileURL?: URL;
  setProperty(node: object, key: string, value: unknown): void;
  replaceNode(node: object, by: object): void;
}

function pagePlugin(project: Project) {
  const { root } = project;
  const fileOf = ({ fileURL }: Context) => (fileURL ? fileURLToPath(fileURL) : undefined);
  const relativeTo = (path: string) => relative(root, path).replaceAll('\\', '/');
  /** Links to files become addresses. */
  const link = (node: Written, context: Context) => {
    const path = fileOf(context);
    if (path === undefined || node.url === undefined) return;
    const address = addressOf(node.url, relativeTo(path));
    if (address !== node.url) context.setProperty(node, 'url', address);
  };
  const element = (node: Written, context: Context) => {
    const path = fileOf(context);
    if (path === undefined) return;
    const attributes = (node.attributes ?? []).map((attribute) =>
      (attribute.name === 'href' || attribute.name === 'src') && typeof attribute.value === 'string'
        ? { ...attribute, value: addressOf(attribute.value, relativeTo(path)) }
        : attribute,
    );
    const isChanged = attributes.some((attribute, index) => attribute.value !== node.attributes?.[index]?.value);
    if (isChanged) context.replaceNode(node, { type: node.type, name: node.name, attributes, children: node.children });
  };
  /** The same text as in the Markdown version of the page. */
  const expression = (node: Written, context: Context) => {
    const path = fileOf(context);
    if (path === undefined) return;
    const text = valueOf(
      { type: node.type, value: node.value ?? '' },
      treeOf(path, readFileSync(path, 'utf8'), project).values,
    );
    if (text === undefined || text === '') return;
    const value = { type: 'text', value: text };
    context.replaceNode(node, node.type === 'mdxFlowExpression' ? { type: 'paragraph', children: [value] } : value);
  };
  return {
    name: PLUGIN_NAME,
    link,
    image: link,
    definition: link,
    mdxJsxFlowElement: element,
    mdxJsxTextElement: element,
    mdxFlowExpression: expression,
    mdxTextExpression: expression,
    blockquote: (node: Parameters<typeof calloutOf>[0], context: Context) => {
      const type = calloutOf(node);
      if (type === undefined || !(CALLOUTS as readonly string[]).includes(type)) return;
      const [first, ...others] = node.children ?? [];
      const [mark, ...rest] = first?.children ?? [];
      const value = withoutMark(mark?.value ?? '');
      const text = [...(value === '' ? [] : [{ type: 'text', value }]), ...rest];
      context.replaceNode(node, {
        type: 'mdxJsxFlowElement',
        name: 'Callout',
        attributes: [{ type: 'mdxJsxAttribute', name: 'type', value: type }],
        children: [...(text.length === 0 ? [] : [{ type: 'paragraph', children: text }]), ...others],
      });
    },
  };
}
