/** The options of `docs()` as written → a project, or an error with a line for each invalid option. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { UsageError, nearestName } from '../findings/index.ts';
import { describeLanguages } from './languages.ts';
import type { DocsOptions, Project } from './project.ts';

const text = z.string().min(1);
const isOrigin = (value: string) => URL.parse(value)?.origin === value;
const folder = z.string().regex(/^[\w.-]+$/, 'expected a folder of the root, such as content');
const address = z.string().regex(/^\/[\w./-]+$/, 'expected an address of this site, such as /packages/a-1.0.0.tgz');
const callback = z.custom((value) => typeof value === 'function', 'expected a function');

const languageOptions = z.strictObject({
  because: text,
  label: text.optional(),
  ending: z.string().startsWith('.').optional(),
  commentMark: z.string().optional(),
  grammar: text.optional(),
});

const library = z.strictObject({
  name: text,
  install: text,
  note: z.strictObject({ text, title: text, path: z.string().startsWith('/') }).optional(),
});

const schema = z.strictObject({
  title: text,
  shortTitle: text.optional(),
  tagline: text,
  mark: z.strictObject({ filled: text, lines: text }),
  colours: z.record(z.string(), text).optional(),
  package: z.strictObject({
    name: text.optional(),
    source: text,
    client: text.optional(),
    build: callback.optional(),
    published: z.boolean().optional(),
    tarball: address.optional(),
  }),
  emulator: text.optional(),
  faces: z.strictObject({ bridge: text, ruby: text.optional(), python: text.optional() }).optional(),
  libraries: z.record(z.string(), library).optional(),
  spellings: z
    .record(
      z.string(),
      z.strictObject({
        names: z.record(z.string(), text).optional(),
        types: z.record(z.string(), text).optional(),
        required: z.array(text).optional(),
      }),
    )
    .optional(),
  scenarios: z.strictObject({ record: text, names: z.instanceof(RegExp) }).optional(),
  errorCatalogue: callback.optional(),
  components: z.record(z.string().regex(/^[A-Z]\w*$/, 'expected a name that begins with a capital'), text).optional(),
  scripts: z
    .record(
      z
        .string()
        .regex(
          /^(?!(?:edit|hover|run|search)$)[a-z][a-z\d-]*$/,
          'expected a name such as tool, other than those of the engine',
        ),
      text,
    )
    .optional(),
  sandboxes: z
    .record(z.string().regex(/^(?!sandbox$)[a-z][a-z\d-]*$/, 'expected a name such as tool, other than sandbox'), text)
    .optional(),
  files: z.record(address, callback).optional(),
  imageOrigins: z.array(z.string().refine(isOrigin, 'expected an origin such as https://img.example.com')).optional(),
  knownFindings: z
    .string()
    .regex(/^[\w./-]+\.json$/, 'expected a JSON file, such as known-findings.json')
    .optional(),
  facts: z
    .strictObject({
      ledger: text,
      code: z.array(text),
      tools: z.array(text).optional(),
      documents: z.array(text).optional(),
      comments: z.array(text).optional(),
    })
    .optional(),
  notRun: z.record(z.string(), z.union([text, languageOptions])).optional(),
  keptFields: z.array(text).optional(),
  synonyms: z.record(text, text).optional(),
  footer: z
    .strictObject({
      text: text.optional(),
      links: z.array(z.strictObject({ title: text, path: z.string().startsWith('/') })).optional(),
    })
    .optional(),
  errorsPage: z.string().startsWith('/').optional(),
  content: folder.optional(),
  snippets: folder.optional(),
});

/** Checks `options` for the project in `root`. Throws a `UsageError` with a line for each invalid option. */
export function readOptions(options: DocsOptions, root: string): Project {
  const parsed = schema.safeParse(options);
  const faults = [
    ...(parsed.error?.issues ?? []).flatMap(describeIssue),
    ...(parsed.success ? [...missingFiles(options, root), ...missingTarball(options)] : []),
  ];
  if (faults.length > 0)
    throw new UsageError(faults.map((fault) => `Cannot read the options of docs(): ${fault}`).join('\n'));
  const at = (path: string) => join(root, path);
  const allAt = (files: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(files).map(([name, file]) => [name, at(file)]));
  const { faces, footer = {} } = options;
  return {
    root,
    base: '',
    site: undefined,
    title: options.title,
    shortTitle: options.shortTitle ?? options.title,
    tagline: options.tagline,
    mark: options.mark,
    colours: options.colours ?? {},
    package: {
      ...options.package,
      name: options.package.name ?? nameOfPackage(root),
      ...(options.package.build && { build: sharing(options.package.build) }),
    },
    emulator: options.emulator === undefined ? undefined : at(options.emulator),
    faces: faces && {
      bridge: at(faces.bridge),
      ...(faces.ruby !== undefined && { ruby: at(faces.ruby) }),
      ...(faces.python !== undefined && { python: at(faces.python) }),
    },
    libraries: options.libraries ?? {},
    spellings: options.spellings ?? {},
    scenarios: options.scenarios && { ...options.scenarios, record: at(options.scenarios.record) },
    errorCatalogue: options.errorCatalogue ?? (() => Promise.resolve({})),
    components: options.components ?? {},
    scripts: allAt(options.scripts),
    sandboxes: allAt(options.sandboxes),
    files: options.files ?? {},
    imageOrigins: options.imageOrigins ?? [],
    knownFindings: options.knownFindings,
    facts: options.facts,
    languages: describeLanguages(options.notRun ?? {}),
    keptFields: options.keptFields ?? [],
    synonyms: options.synonyms ?? {},
    footer: { text: footer.text ?? '', links: footer.links ?? [] },
    errorsPage: options.errorsPage,
    content: options.content ?? 'content',
    snippets: options.snippets ?? 'snippets',
  };
}

/** Concurrent callers share one compilation; a later caller starts the next. */
function sharing(build: () => Promise<string>): () => Promise<string> {
  let running: Promise<string> | undefined;
  return () => (running ??= build().finally(() => (running = undefined)));
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const shape = at === '' ? schema.shape : ((schema.shape as Record<string, { shape?: object }>)[at]?.shape ?? {});
    return issue.keys.map((key) => {
      const nearest = nearestName(key, Object.keys(shape));
      const name = at === '' ? key : `${at}.${key}`;
      return `there is no option "${name}"${nearest === undefined ? '' : ` (nearest "${nearest}")`}`;
    });
  }
  const { message: text } = issue.code === 'invalid_key' ? (issue.issues[0] ?? issue) : issue;
  const message = text.replace(/^Invalid input: /, '');
  return [`"${at}" is invalid: ${message}`];
}

/** Missing files that options name. */
function missingFiles(
  { emulator, faces, facts, components = {}, scripts = {}, sandboxes = {}, package: { source } }: DocsOptions,
  root: string,
): string[] {
  const named: [option: string, file: string | undefined][] = [
    ['package.source', source],
    ['emulator', emulator],
    ['faces.bridge', faces?.bridge],
    ['faces.ruby', faces?.ruby],
    ['faces.python', faces?.python],
    ...Object.entries(components).map(([name, file]): [string, string] => [`components.${name}`, file]),
    ...Object.entries(scripts).map(([name, file]): [string, string] => [`scripts.${name}`, file]),
    ...Object.entries(sandboxes).map(([name, file]): [string, string] => [`sandboxes.${name}`, file]),
  ];
  const missing = named.flatMap(([option, file]) =>
    file === undefined || existsSync(join(root, file)) ? [] : [`"${option}" names ${file}, which does not exist`],
  );
  return facts === undefined || globSync(facts.ledger, { cwd: root }).length > 0
    ? missing
    : [...missing, `"facts.ledger" names ${facts.ledger}, which does not exist`];
}

/** Install commands name the tarball, so the site must have it. */
function missingTarball({ package: { published = true, tarball }, files = {} }: DocsOptions): string[] {
  if (tarball === undefined)
    return published ? [] : ['"package.published" is false, expected "package.tarball" to name the file to install'];
  return tarball in files ? [] : [`"package.tarball" names ${tarball}, expected it in "files"`];
}

function nameOfPackage(root: string): string {
  const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name?: string };
  if (name) return name;
  throw new UsageError('Cannot read the options of docs(): expected a "name" in "package" or in package.json');
}
