/** A number of pages → a collection of reference pages in nine languages, with every shape of a block. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';

const LANGUAGES = ['js', 'ruby', 'python', 'go', 'java', 'php', 'dotnet', 'curl'] as const;
const ENDINGS = { js: 'ts', ruby: 'rb', python: 'py', go: 'go', java: 'java', php: 'php', dotnet: 'cs', curl: 'sh' };
type Language = (typeof LANGUAGES)[number];

/** How a page shows its entries; `id` is the id of its call, `name` that of its program. */
const SHAPES: Record<string, (id: string, name: string) => string> = {
  plain: (id, name) => `<CodeBlock referenceId="${id}" title="Call ${id}" file="${name}" />`,
  'request and response': (id, name) => `<CodeBlock referenceId="${id}">
  <CodeBlockTab title="Request" file="${name}" />
  <CodeBlockTab title="Response" file="answer" language="json" />
</CodeBlock>`,
  'package managers': (id, name) => `<CodeBlock referenceId="${id}" file="${name}" />

<CodeBlock>
  <CodeBlockTab title="npm" file="npm" />
  <CodeBlockTab title="Yarn" file="yarn" />
</CodeBlock>`,
  twice: (id, name) => `<CodeBlock referenceId="${id}" file="${name}" />

<CodeBlock referenceId="${id}" file="${name}" />`,
  'entry only': (id) => `<CodeBlock referenceId="${id}" />`,
};
const SHAPE_NAMES = Object.keys(SHAPES);

export interface CollectionPage {
  file: string;
  path: string;
  text: string;
  /** How many entries of its own the page shows: one for each language of each id. */
  entries: number;
}

/** Page `index`, counted from 0; every tenth is the first of a section, with the object that its calls return. */
export function collectionPage(index: number): CollectionPage {
  const section = Math.floor(index / 10);
  const noun = `Thing${section}`;
  if (index % 10 === 0) return objectPage(section, noun);
  const id = `call_${index}`;
  // Some calls exist in a few languages only.
  const languages = LANGUAGES.filter((_, at) => index % 4 !== 3 || at % 3 === 0);
  const reference = Object.fromEntries(
    languages.map((language) => [
      language,
      [
        {
          key: nameIn(language, `call ${index}`),
          id,
          title: `things.call${index}()`,
          parameters: [
            { key: nameIn(language, 'thing id'), type: 'string', description: `(things.${section}.id)` },
            { key: nameIn(language, 'page size'), type: 'number', optional: true, description: 'How **many**.' },
          ],
          returns: [{ key: 'thing', type: noun, description: `(things.${section}.itself)` }, `(${noun}.id)`],
        },
      ],
    ]),
  );
  const shape = SHAPE_NAMES[index % SHAPE_NAMES.length] ?? 'plain';
  const body = SHAPES[shape]?.(id, index % 4 === 3 ? 'few' : 'all') ?? '';
  const text = `---\n${stringify({ originalPath: `old/${id}`, reference })}---\n\n# Call ${index}\n\nWhat the call does.\n\n${body}\n`;
  return {
    file: `content/things/${section}/${id}.mdx`,
    path: `/things/${section}/${id}`,
    text,
    entries: languages.length,
  };
}

function objectPage(section: number, noun: string): CollectionPage {
  const id = `thing_${section}`;
  const entry = {
    key: noun,
    id,
    properties: [
      { key: 'id', type: 'string', description: `(things.${section}.id)` },
      { key: 'parts', type: `${noun}[]`, optional: true },
    ],
  };
  const reference = Object.fromEntries([...LANGUAGES, 'json'].map((language) => [language, [entry]]));
  const descriptions = { things: { [section]: { id: 'Its id.', itself: 'The thing.', url: '/this is not a link.' } } };
  const text = `---\n${stringify({ descriptions, reference })}---\n\n# Things ${section}\n\n<CodeBlock referenceId="${id}" title="${noun}" />\n`;
  return {
    file: `content/things/${section}/index.mdx`,
    path: `/things/${section}`,
    text,
    entries: LANGUAGES.length + 1,
  };
}

function nameIn(language: Language, words: string): string {
  if (language === 'ruby' || language === 'python' || language === 'curl') return words.replaceAll(' ', '_');
  const name = words.replaceAll(/ (.)/g, (_, letter: string) => letter.toUpperCase());
  return language === 'go' || language === 'dotnet' ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}

/** Options of `docs()` for the collection, as text. */
const CONFIG = `{
  title: 'Things',
  tagline: 'A reference in nine languages.',
  mark: { filled: 'M2 2h20v20H2z', lines: 'M6 18L18 6' },
  package: { name: 'things', source: 'index.ts' },
  notRun: { go: 'no Go here', java: 'no Java here', php: 'no PHP here', dotnet: 'no .NET here', curl: 'no API here' },
}`;

/** Writes the collection into `folder`; its Astro config imports the engine from `engine`, a path relative to it. */
export async function generateCollection(folder: string, pages: number, engine: string): Promise<CollectionPage[]> {
  const made = Array.from({ length: pages }, (_, index) => collectionPage(index));
  const sections = [...Map.groupBy(made, ({ path }) => path.split('/')[2] ?? '')].map(([section, inSection]) => ({
    title: `Things ${section}`,
    ...(section !== '0' && { within: Number(section) % 2 === 0 ? 'Things 0' : `Things ${Number(section) - 1}` }),
    pages: inSection.map(({ path }) => path),
  }));
  const print = (language: Language) =>
    ({ js: "console.log('done');", ruby: "puts 'done'", python: "print('done')" })[language as string] ?? 'done';
  const mark = (language: Language) => (['ruby', 'python'].includes(language) ? '#' : '//');
  const program = (language: Language) =>
    ['js', 'ruby', 'python'].includes(language)
      ? `${print(language)}\n\n${mark(language)} Output:\n${mark(language)} done\n`
      : `done\n`;
  const files: Record<string, string> = {
    'package.json': '{ "name": "things", "type": "module" }\n',
    'index.ts': 'export const one = 1;\n',
    'astro.config.mjs': `import { docs } from '${engine}';\n\nexport default { integrations: [docs(${CONFIG})] };\n`,
    'content/index.mdx': '# Things\n\nA reference in nine languages.\n',
    'content/navigation.yaml': stringify({ sections }),
    'snippets/answer.ts': "console.log('{ \"done\": true }');\n\n// Output:\n// { \"done\": true }\n",
    'snippets/npm.sh': 'npm install things\n',
    'snippets/yarn.sh': 'yarn add things\n',
  };
  LANGUAGES.forEach((language, at) => {
    files[`snippets/all.${ENDINGS[language]}`] = program(language);
    if (at % 3 === 0) files[`snippets/few.${ENDINGS[language]}`] = program(language);
  });
  for (const { file, text } of made) files[file] = text;
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return made;
}
