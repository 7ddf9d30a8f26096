/** What search knows about pages: sections with lines of text, reference rows and snippets. */

export interface SearchLine {
  /** A paragraph, a row as `key (type, optional): description`, or a whole snippet. */
  text: string;
  /** Fragment id, if it is a row. */
  anchor?: string;
  /** Language, if it is a snippet. */
  language?: string;
}

export interface SearchSection {
  /** Fragment id of its heading; empty for the part under the page's title. */
  anchor: string;
  /** Empty for the part under the page's title. */
  heading: string;
  lines: SearchLine[];
}

export interface SearchPage {
  path: string;
  title: string;
  description: string;
  /** The first section is the part under the title, and may have no lines. */
  sections: SearchSection[];
}
