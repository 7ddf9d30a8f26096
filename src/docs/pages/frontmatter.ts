/** The YAML of a page's frontmatter → its values, and the position of each in the page's file. */
import { load } from 'js-yaml';
import { type Document, LineCounter, type Node, parseDocument } from 'yaml';
import type { Finding } from '../findings/index.ts';
import type { Place } from './tree/syntax.ts';

/** The frontmatter of one page, as text. */
export interface PageFrontmatter {
  /** Path of the file, relative to the project root. */
  file: string;
  /** URL path of the page, such as `/reference/weather`. */
  page: string;
  yaml: string;
  /** Line of the file where the YAML begins. */
  firstLine: number;
}

/** Keys and indexes from the root of the frontmatter to a node. */
export type YamlPath = readonly (string | number)[];

export interface Frontmatter extends PageFrontmatter {
  /** The parsed values; an empty map if the YAML is empty or malformed. */
  values: unknown;
  /** Errors in the YAML. */
  findings: Finding[];
  /** The position of the node at a path, or of its nearest ancestor. */
  locate(path: YamlPath): Place;
}

/** Cached frontmatter by file, so that an edit of one page does not reread the others. */
const lastFrontmatter = new Map<string, Frontmatter>();

/** Reads the values. Errors are in its `findings`. */
export function readFrontmatter(page: PageFrontmatter): Frontmatter {
  const last = lastFrontmatter.get(page.file);
  if (last?.yaml === page.yaml && last.firstLine === page.firstLine && last.page === page.page) return last;
  const frontmatter = parseFrontmatter(page);
  lastFrontmatter.set(page.file, frontmatter);
  return frontmatter;
}

function parseFrontmatter({ file, page, yaml, firstLine }: PageFrontmatter): Frontmatter {
  const lineCounter = new LineCounter();
  let parsed: Document.Parsed | undefined;
  const document = () => (parsed ??= parseDocument(yaml, { lineCounter, prettyErrors: false }));
  const placeAt = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  const locate = (path: YamlPath) => {
    for (let length = path.length; length > 0; length--) {
      const node = document().getIn(path.slice(0, length), true) as Node | undefined;
      if (node?.range) return placeAt(node.range[0]);
    }
    return { line: firstLine, column: 1 };
  };
  const values = readValues(yaml);
  const errors = values === undefined ? document().errors : [];
  const findings = errors.map((error): Finding => ({
    code: 'frontmatter-yaml',
    file,
    ...placeAt(error.pos[0]),
    message: `Cannot read the frontmatter: ${error.message.replace(/\.$/, '')}`,
    fix: 'Fix the YAML here; strings with ": " or a leading "*", "&", "@" need quotes.',
  }));
  const read = findings.length > 0 ? {} : (values ?? (document().toJS() as unknown));
  return { file, page, yaml, firstLine, values: read ?? {}, findings, locate };
}

/**
 * The values without positions, which takes a tenth of the time; positions are only needed for findings.
 * Undefined if there are none or the YAML is invalid: the parser with positions handles both.
 */
function readValues(yaml: string): unknown {
  try {
    return load(yaml) ?? undefined;
  } catch {
    return undefined;
  }
}
