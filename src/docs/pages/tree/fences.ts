/** A code fence of a page → its language, its text, and what its info string says. */
import { readDiagram } from '../../diagrams/index.ts';
import { type Finding, nearestName } from '../../findings/index.ts';
import type { Node, Place } from './syntax.ts';

/** A fence as written. */
export interface Fence extends Place {
  /** The first word of the info string, in lower case; empty if there is none. */
  language: string;
  /** `title="…"`: shown above it. */
  title?: string;
  /** `run`, or `run="curl jq"` with what the machine must have: it is run when the site is built. */
  run?: readonly string[];
  /** `needs="express"`: what readers install besides the package. */
  needs?: readonly string[];
  /** `unchecked="…"`: why it is neither compiled nor run. */
  unchecked?: string;
  /** `output`: the text that the fence before it printed. */
  isOutput: boolean;
  text: string;
  /** Where its text begins. */
  textLine: number;
}

/** What an info string can say after the language, and whether that has a value. */
const WORDS: Readonly<Record<string, 'always' | 'never' | 'either'>> = {
  title: 'always',
  run: 'either',
  needs: 'always',
  unchecked: 'always',
  output: 'never',
};
const WORD = /([^\s="]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S*)))?/g;

/** Reads a `code` node; words that mean nothing are added to `findings`. */
export function readFence({ lang, meta, value = '' }: Node, place: Place, file: string, findings: Finding[]): Fence {
  const fence: Fence = {
    ...place,
    language: (lang ?? '').toLowerCase(),
    isOutput: false,
    text: value,
    textLine: place.line + 1,
  };
  for (const [whole, name = '', double, single, bare] of (meta ?? '').matchAll(WORD)) {
    const given = double ?? single ?? bare;
    const takes = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
    if (takes === undefined || (takes === 'always' && !given) || (takes === 'never' && given !== undefined)) {
      findings.push({ ...wrongWord(whole, name, takes), file, ...place });
      continue;
    }
    const words = (given ?? '').split(/\s+/).filter(Boolean);
    if (name === 'title') fence.title = given ?? '';
    if (name === 'run') fence.run = words;
    if (name === 'needs') fence.needs = words;
    if (name === 'unchecked') fence.unchecked = given ?? '';
    if (name === 'output') fence.isOutput = true;
  }
  const { problems = [] } = readDiagram(fence.language, value) ?? {};
  findings.push(...problems.map((problem) => ({ ...problem, file, line: place.line + problem.line })));
  return fence;
}

function wrongWord(whole: string, name: string, takes: string | undefined): Omit<Finding, 'file' | 'line'> {
  const nearest = nearestName(name, Object.keys(WORDS));
  const wanted = takes === 'always' ? `${name}="…"` : takes === 'never' ? `${name} without a value` : undefined;
  return {
    code: 'fence-word-unknown',
    severity: 'warning',
    message: `Cannot use "${whole}" of a code fence: expected ${wanted ?? `one of ${Object.keys(WORDS).join(', ')}`}`,
    ...(nearest !== undefined && wanted === undefined && { nearest }),
    fix: 'Correct it, or remove it.',
  };
}
