/** `> [!NOTE]` → the same node as `<Callout type="note">`. */
import { type Finding, nearestName } from '../../findings/index.ts';
import { type Node, type Place, attributesOf } from './syntax.ts';

/** Kinds of callouts, as GitHub has them. */
export const CALLOUTS = ['note', 'tip', 'important', 'warning', 'caution'] as const;

const MARK = /^\[!([a-z]+)\][ \t]*\n?/i;

/** The word in `> [!WORD]`, in lower case. */
export function calloutOf(node: Node): string | undefined {
  const text = node.type === 'blockquote' ? node.children?.[0]?.children?.[0] : undefined;
  return text?.type === 'text' ? MARK.exec(text.value ?? '')?.[1]?.toLowerCase() : undefined;
}

/** The first text of such a quote, without its mark. */
export function withoutMark(text: string): string {
  return text.replace(MARK, '');
}

/** Changes the quote into the component, and removes the mark. */
export function toCallout(node: Node, type: string): void {
  const [paragraph] = node.children ?? [];
  const [text] = paragraph?.children ?? [];
  if (text) text.value = withoutMark(text.value ?? '');
  if (text?.value === '') paragraph?.children?.shift();
  if (paragraph?.children?.length === 0) node.children?.shift();
  node.type = 'mdxJsxFlowElement';
  node.name = 'Callout';
  node.attributes = [{ type: 'mdxJsxAttribute', name: 'type', value: type }];
}

/** A kind that there is not. */
export function calloutFindings(node: Node, file: string, place: Place): Finding[] {
  const type = attributesOf(node)['type'];
  if (type === undefined || (CALLOUTS as readonly string[]).includes(type)) return [];
  const nearest = nearestName(type, CALLOUTS);
  return [
    {
      code: 'callout-unknown',
      file,
      ...place,
      message: `Cannot show a callout of type "${type}": expected one of ${CALLOUTS.join(', ')}`,
      ...(nearest !== undefined && { nearest }),
      fix: 'Correct the type.',
    },
  ];
}
