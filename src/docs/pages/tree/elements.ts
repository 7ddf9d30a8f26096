/** HTML in a page → a finding for what browsers block, since pages have a strict Content-Security-Policy. */
import type { Finding } from '../../findings/index.ts';
import { type Node, type Place, attributesOf } from './syntax.ts';

/** Elements that the policy blocks wherever they load from. */
const BLOCKED = ['audio', 'video', 'object', 'embed', 'form', 'base', 'link', 'frame', 'frameset', 'applet'];

/** What is wrong with an element of HTML. */
export function elementFindings(node: Node, file: string, place: Place): Finding[] {
  const name = node.name ?? '';
  if (!/^[a-z]/.test(name)) return [];
  const { src = '' } = attributesOf(node);
  const report = (what: string, fix: string): Finding => ({
    code: 'element-blocked',
    file,
    ...place,
    message: `Cannot show ${what}: the site's Content-Security-Policy blocks it`,
    fix,
  });
  const findings = (node.attributes ?? []).flatMap((attribute) => {
    if (/^on/i.test(attribute.name ?? '')) return report(`${attribute.name}="…" of <${name}>`, 'Remove the attribute.');
    if (attribute.name === 'style') return report(`style="…" of <${name}>`, 'Use a class of a component instead.');
    return [];
  });
  if (BLOCKED.includes(name)) findings.push(report(`<${name}>`, 'Remove the element, or link to what it shows.'));
  if (['iframe', 'script'].includes(name) && /^(?:[a-z]+:)?\/\//i.test(src))
    findings.push(report(`<${name} src="${src}">`, 'Link to it instead.'));
  return findings;
}
