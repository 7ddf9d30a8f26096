/** The tools that only read: search, page, reference, example and error. */
import * as z from 'zod';
import { nearestName } from '../findings/index.ts';
import type { Library } from './library.ts';
import { type Tool, ToolError, defineTool } from './tool.ts';

const QUERY_LETTERS_MAX = 400;
const NAME_LETTERS_MAX = 200;
/** How much of a page one answer contains: some clients cut off longer ones. */
const PAGE_LETTERS_MAX = 40_000;
/** How much of a line a search result shows. */
const LINE_LETTERS_MAX = 300;
const EXAMPLES_MAX = 6;

const name = z.string().min(1).max(NAME_LETTERS_MAX);
const language = z
  .string()
  .max(NAME_LETTERS_MAX)
  .optional()
  .describe('Only this language, such as "js", "ruby" or "python". Default: all.');

const commit = z
  .object({ id: z.string(), hasChanges: z.boolean().describe('Whether files have changed since this commit.') })
  .optional()
  .describe('The git commit at which the examples ran.');

/** The tools, which wait for the library that they are asked from. */
export function readingTools(subject: string, library: () => Promise<Library>): Tool[] {
  return [
    defineTool({
      name: 'search',
      title: 'Search the documentation',
      description: `Searches the documentation of ${subject}: pages, reference entries, parameters, error codes and examples. Finds words, beginnings of words, and misspelt words. Returns the best pages with the lines that match.`,
      input: {
        query: z.string().min(1).max(QUERY_LETTERS_MAX).describe('A few words, or a name in code.'),
        language,
      },
      output: {
        results: z.array(
          z.object({
            title: z.string(),
            url: z.string(),
            matches: z.array(z.object({ heading: z.string(), url: z.string(), line: z.string() })),
          }),
        ),
      },
      run: async ({ query, language }) => {
        const { finder, pages } = await library();
        const { pages: found } = await finder.show(await finder.find(query), language);
        const results = found.map(({ path, title, sections }) => {
          const url = pages.find((page) => page.path === path)?.url ?? path;
          const matches = sections.map(({ section, line }) => {
            const anchor = line?.anchor ?? section.anchor;
            return {
              heading: section.heading,
              url: anchor === '' ? url : `${url}#${anchor}`,
              line: cut(line?.text ?? '', LINE_LETTERS_MAX),
            };
          });
          return { title, url, matches };
        });
        const text = results
          .map(({ title, url, matches }) =>
            [
              `${title}: ${url}`,
              ...matches.map((match) => `- ${[match.heading, match.line].filter(Boolean).join(': ')} (${match.url})`),
            ].join('\n'),
          )
          .join('\n\n');
        return { data: { results }, text: text === '' ? `Nothing found for "${query}". Try other words.` : text };
      },
    }),
    defineTool({
      name: 'page',
      title: 'Read a page',
      description: `Returns a page of the documentation of ${subject} as Markdown, with its examples and what they printed. Pass the address or the path of the page. A long page comes in parts.`,
      input: {
        page: name.describe('Its address or path, such as /quickstart. "/" lists all pages.'),
        offset: z.number().int().min(0).optional().describe('Where to continue a long page. Default: 0.'),
      },
      output: {
        url: z.string(),
        title: z.string(),
        markdown: z.string(),
        nextOffset: z.number().optional().describe('Pass it to get the next part. Absent at the end.'),
      },
      run: async ({ page: asked, offset = 0 }) => {
        const { pages } = await library();
        const path = pathOf(asked);
        const page = pages.find((each) => each.path === path || pathOf(each.url) === path);
        if (!page)
          throw unknown(
            'page',
            asked,
            pages.map((each) => each.path),
            path,
          );
        const list = pages.map((each) => `- [${each.title}](${each.url}): ${each.description}`).join('\n');
        const whole = path === '/' ? `${page.markdown}\n## All pages\n\n${list}\n` : page.markdown;
        const markdown = whole.slice(offset, offset + PAGE_LETTERS_MAX);
        const end = offset + markdown.length;
        const more = end < whole.length;
        return {
          data: { url: page.url, title: page.title, markdown, ...(more && { nextOffset: end }) },
          text: more ? `${markdown}\n\n(Continue with offset ${end}.)` : markdown,
        };
      },
    }),
    defineTool({
      name: 'reference',
      title: 'Read a reference entry',
      description: `Returns the reference of a function, method or type of ${subject}: its signature, parameters, results and errors, compared with the code when the site was built.`,
      input: {
        name: name.describe('The name in code, such as that of a method, with or without its object.'),
        language,
      },
      output: {
        entries: z.array(
          z.object({
            title: z.string(),
            language: z.string(),
            signature: z.string(),
            url: z.string(),
            markdown: z.string(),
          }),
        ),
      },
      run: async ({ name, language }) => {
        const { entries } = await library();
        const asked = plain(name);
        const among = entries.filter((entry) => language === undefined || entry.language === language);
        const isExact = (text: string) => plain(text) === asked;
        const exact = among.filter(({ id, name, title }) => [id, name, title].some(isExact));
        const found = exact.length > 0 ? exact : among.filter(({ title }) => plain(title).endsWith(lastName(asked)));
        if (found.length === 0)
          throw unknown(
            'reference entry',
            name,
            among.map((entry) => entry.name),
          );
        const shown = found.map(({ id: _id, name: _name, ...entry }) => entry);
        return {
          data: { entries: shown },
          text: shown.map(({ language, url, markdown }) => `${language}: ${url}\n\n${markdown}`).join('\n\n'),
        };
      },
    }),
    defineTool({
      name: 'example',
      title: 'Read an example',
      description: `Returns a whole example program of ${subject} with what it printed when it ran, where it ran, and the git commit it ran at. Pass the name of the example, or words to find it by. An example that did not run says why.`,
      input: { name: name.describe('Its name, or a few words, such as the name of a method.'), language },
      output: {
        commit,
        examples: z.array(
          z.object({
            name: z.string(),
            language: z.string(),
            code: z.string(),
            output: z.string().optional().describe('"…" matches what differs in each run.'),
            note: z.string(),
            scenarios: z.array(z.object({ title: z.string(), output: z.string(), threw: z.string().optional() })),
            shownAt: z.array(z.string()),
          }),
        ),
      },
      run: async ({ name, language }) => {
        const { examples, commit } = await library();
        const among = examples.filter((example) => language === undefined || example.language === language);
        const words = name
          .toLowerCase()
          .replace(/\.\w+$/, '')
          .split(/[^\p{L}\p{N}]+/u)
          .filter(Boolean);
        const exact = among.filter((example) => example.name === name.replace(/\.\w+$/, ''));
        const named = among.filter((example) => words.every((word) => example.name.toLowerCase().includes(word)));
        const using = among.filter(({ code }) => words.every((word) => code.toLowerCase().includes(word)));
        const found = [exact, named, using].find(({ length }) => length > 0)?.slice(0, EXAMPLES_MAX);
        if (!found)
          throw unknown(
            'example',
            name,
            among.map((example) => example.name),
          );
        return {
          data: {
            ...(commit && { commit }),
            examples: found.map(({ output, ...rest }) => ({ ...rest, ...(output !== undefined && { output }) })),
          },
          text: [...found.map(textOfExample), ...(commit ? [textOfCommit(commit)] : [])].join('\n\n'),
        };
      },
    }),
    defineTool({
      name: 'error',
      title: 'Explain an error code',
      description: `Returns what an error code or reason of ${subject} means, and what to do about it.`,
      input: { code: name.describe('The code, such as the `code` of an error or the `reason` of a result.') },
      output: {
        errors: z.array(
          z.object({
            code: z.string(),
            meaning: z.string(),
            remedy: z.string(),
            details: z.array(z.string()),
            url: z.string(),
          }),
        ),
      },
      run: async ({ code }) => {
        const { errors } = await library();
        const found = errors.filter((error) => error.code.toLowerCase() === code.trim().toLowerCase());
        if (found.length === 0)
          throw unknown(
            'error code',
            code,
            errors.map((error) => error.code),
          );
        return {
          data: { errors: found },
          text: found
            .map(({ code, meaning, remedy, details, url }) =>
              [`${code}: ${meaning}`, `What to do: ${remedy}`, ...details, url].join('\n'),
            )
            .join('\n\n'),
        };
      },
    }),
  ];
}

/** `like` is what was asked for, as the names are written. */
function unknown(what: string, asked: string, names: readonly string[], like = asked): ToolError {
  const nearest = nearestName(like, names);
  const hint = nearest === undefined ? '' : ` (nearest "${nearest}")`;
  return new ToolError(`Cannot find the ${what} "${asked}": there is none with this name${hint}. Use search.`);
}

/** An address or a path, with or without anchor and ending → the path of a page. */
function pathOf(asked: string): string {
  const [path = ''] = asked
    .trim()
    .replace(/^https?:\/\/[^/]+/, '')
    .split(/[?#]/);
  const bare = `/${path}`
    .replace(/^\/+/, '/')
    .replace(/\.(?:md|html)$/, '')
    .replace(/\/(?:index)?$/, '');
  return bare === '' ? '/' : bare;
}

/** Without brackets and marks: `session.refresh()` → `sessionrefresh`. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}.]+/gu, '');
}

function lastName(text: string): string {
  return `.${text.split('.').at(-1) ?? ''}`;
}

function cut(text: string, lettersMax: number): string {
  return text.length <= lettersMax ? text : `${text.slice(0, lettersMax - 1)}…`;
}

function textOfExample({
  name,
  language,
  code,
  output,
  note,
  scenarios,
  shownAt,
}: Library['examples'][number]): string {
  return [
    `${name} (${language}), shown at ${shownAt.join(', ')}`,
    code,
    ...(output === undefined ? [] : [`Output:\n${output}`]),
    note,
    ...scenarios
      .slice(1)
      .map(({ title, output, threw }) =>
        [`Scenario "${title}":`, output, ...(threw === undefined ? [] : [`threw ${threw}`])].filter(Boolean).join('\n'),
      ),
  ].join('\n\n');
}

function textOfCommit({ id, hasChanges }: NonNullable<Library['commit']>): string {
  return `Examples ran at commit ${id}${hasChanges ? ', with files that have changed since' : ''}.`;
}
