/** The resolved reference, as plain data. */

/** A part of a documented type, with `href` if it names an entry of the same language. */
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
  /** Words shown beside its name, such as `Deprecated`. */
  labels: string[];
  /** Its `properties` are shown expanded. */
  expanded: boolean;
  title?: string;
  /** An unwrapped object is replaced by its properties. */
  properties: Property[];
}

/** One documented function, endpoint or object, in one language. */
export interface Entry {
  /** The identifier, as written in code. */
  key: string;
  /** Id for `<CodeBlock referenceId>`; the same in all languages. */
  id: string;
  language: string;
  /** Path of the page that declares it, such as `/reference/weather/forecast`. */
  page: string;
  anchor: string;
  title: string;
  /** Signature in one line, from `signatureOf`. */
  signature: string;
  /** Words shown beside its title, such as `Beta`. */
  labels: string[];
  /** Link target of the identifier in examples: the entry's `url`, or its page. */
  url: string;
  /** HTTP method of an endpoint, or the kind of object. */
  type?: string;
  /** Inline Markdown. */
  description?: string;
  /** Regular expression that the text before `key` must match in code that refers to this entry. */
  patternBefore?: string;
  parameters: Property[];
  returns: Property[];
  properties: Property[];
}

/** The entries of one page. */
export interface PageReference {
  page: string;
  entries: Entry[];
}
