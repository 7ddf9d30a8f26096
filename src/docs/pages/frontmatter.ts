/** The YAML of a page's frontmatter → its values, and the place of each in the page's file. */
import { load } from 'js-yaml';
import { type Document, LineCounter, type Node, parseDocument } from 'yaml';
import type { Finding } from '../findings/index.ts';
import type { Place } from './syntax.ts';

/** The frontmatter of one page, as text. */
export interface PageFrontmatter {
  /** Path of the file from the project's root. */
  file: string;
  /** Path of the page in the site, such as `/reference/authkit`. */
  page: string;
  yaml: string;
  /** Line of the file on which the YAML begins. */
  firstLine: number;
}

/** Keys and indexes from the frontmatter's root to a node. */
export type YamlPath = readonly (string | number)[];

export interface Frontmatter extends PageFrontmatter {
  /** What the YAML says; an empty map where it is empty or malformed. */
  values: unknown;
  /** Errors in the YAML. */
  findings: Finding[];
  /** The place of the node at a path, or of its nearest ancestor. */
  locate(path: YamlPath): Place;
}

/** Frontmatter as last read, by file, so that after an edit that of the other pages is not read again. */
const lastFrontmatter = new Map<string, Frontmatter>();

/** Reads the values. What cannot be read is among its `findings`. */
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
    fix: 'Mend the YAML at this place; strings with ": " or a leading "*", "&", "@" need quotes.',
  }));
  const read = findings.length > 0 ? {} : (values ?? (document().toJS() as unknown));
  return { file, page, yaml, firstLine, values: read ?? {}, findings, locate };
}

/**
 * The values alone, in a tenth of the time that it takes to read them with their places, which only findings have.
 * Undefined where there are none or the text is no YAML: the parser that knows places judges both.
 */
function readValues(yaml: string): unknown {
  try {
    return load(yaml) ?? undefined;
  } catch {
    return undefined;
  }
}
