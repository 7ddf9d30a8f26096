/** The resolved reference: plain data in which nothing is left to look up. */
import type { LanguageName } from './languages.ts';

/** A piece of a documented type; `href` where the piece names an entry of the same language. */
export interface TypePart {
  text: string;
  href?: string;
}

/** One documented parameter, return field or object property. */
export interface Property {
  key: string;
  /** Fragment id of its row, unique on the page. */
  anchor: string;
  type: TypePart[];
  /** Inline Markdown. */
  description?: string;
  optional: boolean;
  /** Its `properties` are shown open. */
  expanded: boolean;
  title?: string;
  /** Those of an unwrapped object stand in its place. */
  properties: Property[];
}

/** One documented function, endpoint or object, in one language. */
export interface Entry {
  /** The identifier as it stands in code. */
  key: string;
  /** What `<CodeBlock referenceId>` names; the same over languages. */
  id: string;
  language: LanguageName;
  /** Path of the page that declares it, such as `/reference/authkit/session-helpers/refresh`. */
  page: string;
  anchor: string;
  title: string;
  /** The call or the object in one line, as `signatureOf` writes it. */
  signature: string;
  /** Where code links lead: the entry's `url`, or its page. */
  url: string;
  /** HTTP method of an endpoint, or the kind of object. */
  type?: string;
  /** Inline Markdown. */
  description?: string;
  /** Regular expression for the text that stands before `key` in code that means this entry. */
  patternBefore?: string;
  parameters: Property[];
  returns: Property[];
  properties: Property[];
}

/** The entries that one page declares. */
export interface PageReference {
  page: string;
  entries: Entry[];
}
