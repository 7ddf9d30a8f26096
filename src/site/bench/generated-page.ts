/** A number → the MDX of a reference page in the real format, about as large as the seed page. */

/** Pages per navigation section. */
export const SECTION_PAGES = 20;

export interface GeneratedPage {
  /** URL path. */
  path: string;
  /** Path of the file, relative to the project root. */
  file: string;
  text: string;
  /** Title of its section. */
  section: string;
}

interface Language {
  name: string;
  /** Spells a name of several words in the style of this language. */
  write(words: string): string;
  text: string;
  flag: string;
  list(type: string): string;
  title(place: string, name: string): string;
}

const snake = (words: string) => words.replaceAll(' ', '_');
const camel = (words: string) => words.replaceAll(/ (.)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (words: string) => camel(` ${words}`);

const LANGUAGES: Language[] = [
  {
    name: 'js',
    write: camel,
    text: 'string',
    flag: 'boolean',
    list: (type) => `${type}[]`,
    title: (place, name) => `${camel(place)}.${name}()`,
  },
  {
    name: 'ruby',
    write: snake,
    text: 'String',
    flag: 'Boolean',
    list: (type) => `Array<${type}>`,
    title: (place, name) => `${pascal(place)}.${name}`,
  },
  {
    name: 'python',
    write: snake,
    text: 'str',
    flag: 'bool',
    list: (type) => `list[${type}]`,
    title: (place, name) => `${snake(place)}.${name}()`,
  },
];

const VERBS = ['create', 'get', 'list', 'update', 'delete', 'revoke', 'resend', 'accept', 'verify', 'archive'];
const NOUNS = [
  'directory',
  'connection',
  'invitation',
  'membership',
  'audit log',
  'webhook',
  'portal link',
  'passkey',
  'factor',
  'domain',
];

/**
 * Page `index`, counted from 0, of `count`. The first of each section declares the object that the others return and
 * the texts they look up; `snippets` are the names of the snippets to show, used in rotation.
 */
export function generatePage(index: number, count: number, snippets: readonly string[]): GeneratedPage {
  const number = Math.floor(index / SECTION_PAGES);
  const inSection = index % SECTION_PAGES;
  const noun = nounOf(number);
  const folder = `reference/generated/${noun.replaceAll(' ', '-')}`;
  const section = pascal(noun)
    .replaceAll(/(?=[A-Z0-9])/g, ' ')
    .trim();
  const snippet = snippets[index % snippets.length] ?? '';
  const place = { path: `/${folder}`, section };
  if (inSection === 0)
    return { ...place, file: `content/${folder}/index.mdx`, text: objectPage(noun, section, number, count) };
  const action = `${VERBS[inSection % VERBS.length]} ${noun}${inSection < VERBS.length ? '' : ' later'}`;
  const name = action.replaceAll(' ', '-');
  const text = callPage(noun, action, folder, snippet);
  return { ...place, path: `/${folder}/${name}`, file: `content/${folder}/${name}.mdx`, text };
}

/** `directory a`, `connection b`: with a letter instead of a number, which the pages would have to prove. */
function nounOf(number: number): string {
  const letters = (index: number): string =>
    (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26));
  return `${NOUNS[number % NOUNS.length]} ${letters(number)}`;
}

function objectPage(noun: string, section: string, number: number, count: number): string {
  const entries = LANGUAGES.map(
    ({ name, write, text, flag, list }) => `  ${name}:
    - key: ${pascal(noun)}
      id: ${snake(noun)}
      title: ${pascal(noun)}
      properties:
        - { key: ${write('id')}, type: ${text}, description: (${snake(noun)}.id) }
        - { key: ${write('organization id')}, type: ${text}, optional: true, description: (${snake(noun)}.organization_id) }
        - { key: ${write('is active')}, type: ${flag}, description: (${snake(noun)}.is_active) }
        - key: ${write('settings')}
          type: object
          description: (${snake(noun)}.settings)
          properties:
            - { key: ${write('allowed domains')}, type: '${list(text)}', description: (${snake(noun)}.allowed_domains) }
`,
  );
  const sectionCount = Math.ceil(count / SECTION_PAGES);
  const neighbour = nounOf(number + 1);
  const onward =
    number + 1 < sectionCount
      ? ` The next page is about the [${neighbour}](/reference/generated/${neighbour.replaceAll(' ', '-')}).`
      : '';
  return `---
descriptions:
  ${snake(noun)}:
    id: Id of the ${noun}.
    organization_id: Id of the organization that the ${noun} belongs to, if any.
    is_active: Whether the ${noun} can be used now.
    settings: What an administrator has set for the ${noun}.
    allowed_domains: Domains that visitors may come from; any when empty.
    idempotency_key: Calls with the same key create **one** ${noun} only.
reference:
${entries.join('')}---

## ${section}

The object that every call of this section answers with. It belongs to an organization, and lives until
it is deleted. Sessions are read with [session helpers](/reference/authkit/session-helpers).${onward}

<CodeBlock referenceId="${snake(noun)}" title="${section}" />
`;
}

function callPage(noun: string, action: string, folder: string, snippet: string): string {
  const entries = LANGUAGES.map(
    ({ name, write, text, flag, title }) => `  ${name}:
    - key: ${write(action)}
      id: ${snake(action)}
      url: /${folder}
      title: ${title(noun, write(action))}
      parameters:
        - key: options
          type: object
          unwrap: true
          properties:
            - key: ${write('organization id')}
              type: ${text}
              description: (${snake(noun)}.organization_id)
            - key: ${write('idempotency key')}
              type: ${text}
              optional: true
              description: (${snake(noun)}.idempotency_key)
      returns:
        - key: anonymous
          type: object
          unwrap: true
          properties:
            - key: ${write(noun)}
              type: ${pascal(noun)}
              description: The ${noun} as it is now.
            - key: ${write('was changed')}
              type: ${flag}
              description: Whether the call changed anything
            - (${pascal(noun)}.${write('is active')})
`,
  );
  const heading = action.charAt(0).toUpperCase() + action.slice(1);
  return `---
reference:
${entries.join('')}---

## ${heading}

Use this call to ${action} by its organization. See [the ${noun}](/${folder}) for every field, and
[errors](/reference/authkit/session-helpers/errors) for what can go wrong.

<CodeBlock
  referenceId="${snake(action)}"
  title="${heading}"
  file="${snippet}"
/>
`;
}
