/** The YAML of one page's frontmatter → its validated reference metadata. */
import * as z from 'zod';
import { type PageFrontmatter, type Place, type YamlPath, readFrontmatter } from '../pages/index.ts';
import type { Finding } from '../findings/index.ts';

/** `(limit)`, `(User)`, `(Invitation.id)`: refers to an entry or one of its properties. */
export const SYMBOL = /^\(([\w$]+(?:\.[\w$-]+)*)\)$/;

const symbol = z.string().regex(SYMBOL, 'a symbol in parentheses, such as (User) or (Invitation.id)');
/** YAML does not read 404 and yes as strings, but names can look like that. */
const name = z.union([z.string().min(1, 'a name'), z.number(), z.boolean()]).transform(String);
const text = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => (value === null ? '' : String(value)));

const property = z.looseObject({
  key: name.describe('Name of the parameter or field, as written in code.'),
  type: text.optional().describe('Type as text; names of entries link to them.'),
  description: text.optional().describe('Inline Markdown, or (path.in.descriptions) to look it up.'),
  optional: z.boolean().optional(),
  leftOut: z.array(z.string()).optional().describe('Fields of the code that are intentionally not documented.'),
  unwrap: z.boolean().optional().describe('Shows its properties instead of the row itself.'),
  expanded: z.boolean().optional().describe('Shows its properties expanded.'),
  title: text.optional(),
  get properties() {
    return z.array(z.union([symbol, property])).nullish();
  },
});

const properties = z.array(z.union([symbol, property])).nullish();

const entry = z.looseObject({
  key: name.describe('The identifier, as written in code.'),
  id: text.optional().describe('Id for <CodeBlock referenceId>; the same in all languages.'),
  url: text.optional().describe('Link target of the identifier in examples; default its page.'),
  title: text.optional(),
  type: text.optional().describe('HTTP method of an endpoint, or the kind of object.'),
  description: text.optional().describe('Inline Markdown, or (path.in.descriptions) to look it up.'),
  optional: z.boolean().optional(),
  leftOut: z.array(z.string()).optional().describe('Fields of the code that are intentionally not documented.'),
  patternBefore: text
    .refine(isRegularExpression, 'a regular expression')
    .optional()
    .describe('Regular expression that the text before key must match in code.'),
  parameters: properties,
  returns: properties,
  properties,
});

type Descriptions = { [key: string]: string | Descriptions };
const descriptions: z.ZodType<Descriptions> = z.lazy(() => z.record(z.string(), z.union([z.string(), descriptions])));

/** Schema of a page's frontmatter; unknown fields are kept. */
export const frontmatterSchema = z.looseObject({
  title: z.string().optional().describe('Page title; default the first heading.'),
  description: z
    .union([z.string(), descriptions])
    .optional()
    .describe('One sentence about the page, or a map as in descriptions.'),
  descriptions: descriptions.optional().describe('Texts for descriptions such as (path.to.text).'),
  reference: z.record(z.string(), z.array(entry)).optional().describe('Entries by language.'),
});

export type Frontmatter = z.output<typeof frontmatterSchema>;
export type EntryMetadata = z.output<typeof entry>;
export type PropertyMetadata = z.output<typeof property>;
export interface Metadata {
  frontmatter: Frontmatter;
  findings: Finding[];
  /** The position of the node at a path, or of its nearest ancestor. */
  locate(path: YamlPath): Place;
}

/** Reads the metadata of a page. Invalid fields are findings, and are left out of the result. */
export function readMetadata(page: PageFrontmatter): Metadata {
  const { file } = page;
  const { values: raw, findings: malformed, locate } = readFrontmatter(page);
  if (malformed.length > 0) return { frontmatter: {}, findings: malformed, locate };
  const parsed = frontmatterSchema.safeParse(raw);
  if (parsed.success) return { frontmatter: parsed.data, findings: [], locate };
  const findings = parsed.error.issues
    .flatMap((issue) => leafIssues(issue, []))
    .map(({ path, expected }): Finding => ({
      code: 'frontmatter-field',
      file,
      ...locate(path),
      message: `Cannot read "${path.join('.')}": found ${describeValue(valueAt(raw, path))}, expected ${expected}`,
      fix: 'Correct the field; content/frontmatter.schema.json describes every field.',
    }));
  return { frontmatter: readableFields(raw), findings, locate };
}

/** The valid top-level fields, so that one mistake does not cause further findings. */
function readableFields(raw: unknown): Frontmatter {
  const fields = Object.entries(frontmatterSchema.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(valueAt(raw, [name]));
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(fields) as Frontmatter;
}

function isRegularExpression(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

/** Reports the issues of the union branch that matched deepest, which is probably the intended one. */
function leafIssues(issue: z.core.$ZodIssue, base: YamlPath): { path: YamlPath; expected: string }[] {
  const path = [...base, ...issue.path.map((key) => (typeof key === 'symbol' ? key.toString() : key))];
  if (issue.code === 'invalid_union') {
    const depth = (branch: z.core.$ZodIssue[]) => Math.max(0, ...branch.map((each) => each.path.length));
    const deepest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0];
    if (deepest && depth(deepest) > 0) return deepest.flatMap((each) => leafIssues(each, path));
    const expected = issue.errors.flatMap((branch) => branch.map((each) => leafIssues(each, path)[0]?.expected));
    return [{ path, expected: [...new Set(expected)].filter((each) => each !== undefined).join(' or ') }];
  }
  if (issue.code === 'invalid_type') return [{ path, expected: describeExpected(issue.expected) }];
  return [{ path, expected: issue.message }];
}

function describeExpected(type: string): string {
  return type === 'record' || type === 'object' ? 'a map' : type === 'array' ? 'a list' : `a ${type}`;
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce((at: unknown, key) => (at as Record<string | number, unknown> | undefined)?.[key], value);
}

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return `the ${typeof value} ${JSON.stringify(value)}`;
}
