/** The YAML of one page's frontmatter → its validated reference metadata. */
import * as z from 'zod';
import { type PageFrontmatter, type Place, type YamlPath, readFrontmatter } from '../pages/index.ts';
import { type Finding, nearestName } from '../findings/index.ts';

/** `(limit)`, `(User)`, `(Invitation.id)`: refers to an entry or one of its properties. */
export const SYMBOL = /^\(([\w$]+(?:\.[\w$-]+)*)\)$/;

const symbol = z.string().regex(SYMBOL, 'a symbol in parentheses, such as (User) or (Invitation.id)');
/** YAML does not read 404 and yes as strings, but names can look like that. */
const name = z.union([z.string().min(1, 'a name'), z.number(), z.boolean()]).transform(String);
const text = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => (value === null ? '' : String(value)));

/** `true`, or a text. */
const flag = z.union([z.boolean(), z.string()]).optional();

const property = z.looseObject({
  key: name.describe('Name of the parameter or field, as written in code.'),
  type: text.optional().describe('Type as text; names of entries link to them. Left out, the code says it.'),
  description: text.optional().describe('Inline Markdown, or (path.in.descriptions) to look it up.'),
  optional: z.boolean().optional().describe('With a type, default false. Without one, default what the code says.'),
  leftOut: z.array(z.string()).optional().describe('Fields of the code that are intentionally not documented.'),
  unwrap: z.boolean().optional().describe('Shows its properties instead of the row itself.'),
  expanded: z.boolean().optional().describe('Shows its properties expanded.'),
  title: text.optional(),
  deprecated: flag.describe('Shown as deprecated; a text says what to use instead.'),
  badge: text.optional().describe('A word shown beside the name, such as Beta.'),
  tag: text.optional().describe('A word shown beside the name.'),
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
  deprecated: flag.describe('Shown as deprecated; a text says what to use instead.'),
  badge: text.optional().describe('A word shown beside the name, such as Beta.'),
  tag: text.optional().describe('A word shown beside the name.'),
  sendsEmail: z.boolean().optional().describe('Shown as sending an email.'),
  parameters: properties,
  returns: properties,
  properties,
});

type Descriptions = { [key: string]: string | Descriptions };
const descriptions: z.ZodType<Descriptions> = z.lazy(() => z.record(z.string(), z.union([z.string(), descriptions])));

/** Schema of a page's frontmatter; unknown fields are reported unless the project keeps them. */
export const frontmatterSchema = z.looseObject({
  title: z.string().optional().describe('Page title; default the first heading.'),
  description: z
    .union([z.string(), descriptions])
    .optional()
    .describe('One sentence about the page, or a map as in descriptions.'),
  descriptions: descriptions.optional().describe('Texts for descriptions such as (path.to.text).'),
  reference: z.record(z.string(), z.array(entry)).optional().describe('Entries by language.'),
  draft: z.boolean().optional().describe('Shows the page in development only.'),
  unlisted: z.boolean().optional().describe('The navigation does not list the page.'),
  redirectFrom: z
    .array(z.string().startsWith('/'))
    .optional()
    .describe('Former paths of the page, such as /guides/old-name, which lead to it.'),
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
export function readMetadata(page: PageFrontmatter, keptFields: readonly string[] = []): Metadata {
  const { file } = page;
  const { values: raw, findings: malformed, locate } = readFrontmatter(page);
  if (malformed.length > 0) return { frontmatter: {}, findings: malformed, locate };
  const parsed = frontmatterSchema.safeParse(raw);
  const unknown = unknownFields(raw, keptFields).map((field) => describeUnknown(field, file, locate));
  if (parsed.success) return { frontmatter: parsed.data, findings: unknown, locate };
  const findings = parsed.error.issues
    .flatMap((issue) => leafIssues(issue, []))
    .map(({ path, expected }): Finding => ({
      code: 'frontmatter-field',
      file,
      ...locate(path),
      message: `Cannot read "${path.join('.')}": found ${describeValue(valueAt(raw, path))}, expected ${expected}`,
      fix: 'Correct the field; content/frontmatter.schema.json describes every field.',
    }));
  return { frontmatter: readableFields(raw), findings: [...findings, ...unknown], locate };
}

interface UnknownField {
  path: YamlPath;
  known: readonly string[];
}

/** Fields that nothing shows, at any depth. */
function unknownFields(raw: unknown, kept: readonly string[]): UnknownField[] {
  const unknown: UnknownField[] = [];
  const visit = (value: unknown, known: readonly string[], path: YamlPath): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value))
      if (![...known, ...kept, 'originalPath'].includes(key)) unknown.push({ path: [...path, key], known });
    for (const group of ['parameters', 'returns', 'properties'])
      listAt(value, group).forEach((row, index) => visit(row, PROPERTY_FIELDS, [...path, group, index]));
  };
  visit(raw, Object.keys(frontmatterSchema.shape), []);
  const reference = valueAt(raw, ['reference']);
  for (const language of typeof reference === 'object' && reference !== null ? Object.keys(reference) : [])
    listAt(reference, language).forEach((each, index) => visit(each, ENTRY_FIELDS, ['reference', language, index]));
  return unknown;
}

const ENTRY_FIELDS = Object.keys(entry.shape);
const PROPERTY_FIELDS = Object.keys(property.shape);

function listAt(value: unknown, key: string): unknown[] {
  const list = valueAt(value, [key]);
  return Array.isArray(list) ? list : [];
}

function describeUnknown({ path, known }: UnknownField, file: string, locate: Metadata['locate']): Finding {
  const name = String(path.at(-1));
  const nearest = nearestName(name, known);
  return {
    code: 'frontmatter-field-unknown',
    file,
    ...locate(path),
    message: `Cannot show the field "${name}": there is no such field`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Correct the name, remove the field, or add it to "keptFields" of docs().',
  };
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
