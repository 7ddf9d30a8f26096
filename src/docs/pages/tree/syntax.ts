/** A node of a page's syntax tree, and functions on single nodes. */

/** Line and column in a file, counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** A node of the syntax tree, with the fields that are used here (mdast, with MDX). */
export interface Node {
  type: string;
  name?: string | null;
  depth?: number;
  value?: string;
  url?: string;
  /** The first word of a fence's info string, and the rest. */
  lang?: string | null;
  meta?: string | null;
  /** Name of a definition, or of what refers to it. */
  identifier?: string;
  position?: { start: Place & { offset: number }; end: Place & { offset: number } };
  attributes?: { type: string; name?: string; value?: unknown }[];
  children?: Node[];
}

export interface Heading extends Place {
  depth: number;
  text: string;
  /** Fragment id of the heading on the page. */
  slug: string;
}

export function isExpression({ type }: Node): boolean {
  return type === 'mdxTextExpression' || type === 'mdxFlowExpression';
}

/** The attributes with string values, by name. */
export function attributesOf(node: Node): Record<string, string> {
  const pairs = (node.attributes ?? []).filter((attribute) => typeof attribute.value === 'string');
  return Object.fromEntries(pairs.map((attribute) => [attribute.name, attribute.value as string]));
}

/** The text of a node and its descendants. */
export function textOf(node: Node): string {
  return node.value ?? node.children?.map(textOf).join('') ?? '';
}
