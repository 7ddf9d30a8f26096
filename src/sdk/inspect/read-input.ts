/** A pasted value, a Cookie header or Set-Cookie headers, among anything else → the cookies in it. */
import { parseCookies } from '../request-cookies.ts';

/** A cookie that a response sets. */
export interface SetCookie {
  name: string;
  value: string;
  /** By name in lower case; an attribute without a value has an empty one. */
  attributes: Readonly<Record<string, string>>;
}

/** What the text contains. */
export interface ReadInput {
  kind: 'nothing' | 'value' | 'Cookie' | 'Set-Cookie';
  /** A Cookie header with the cookies, as a browser would send them; empty for a value. */
  header: string;
  /** The value, if it is not in a header. */
  value: string | undefined;
  setCookies: readonly SetCookie[];
  /** How many lines of the text were left out, because they are other headers or something else. */
  otherLines: number;
}

/** A header on a line of its own, also as `curl -v` and browsers print it. */
const HEADER_LINE = /^\s*(?:[<>] )?(set-cookie|cookie)\s*:\s*(.*)$/i;
/** An argument of a `curl` command, as browsers copy it. */
const CURL_COOKIES =
  /(?:^|\s)(?:(?:-H|--header)\s+\$?(['"])cookie:\s*|(?:-b|--cookie)\s+\$?(['"]))(.*?)\1?\2?['"](?=\s|$)/i;
/** `name=value`. In base64 text, `=` appears only at the end. */
const PAIR = /^([\w!#$%&'*+.^`|~-]{1,128})=(?!=*$)/;
const ATTRIBUTE = /;\s*(?:path|domain|max-age|expires|samesite|httponly|secure|partitioned)\b/i;

/** Reads a text of any kind. */
export function readInput(given: string): ReadInput {
  const text = given.replace(/^\uFEFF/, '').trim();
  const nothing: ReadInput = { kind: 'nothing', header: '', value: undefined, setCookies: [], otherLines: 0 };
  if (text === '') return nothing;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const headers = lines.flatMap((line) => {
    const [, name, value = ''] = HEADER_LINE.exec(line) ?? [];
    return name === undefined ? [] : [{ name: name.toLowerCase(), value: value.trim() }];
  });
  const otherLines = lines.length - headers.length;
  const set = headers.filter(({ name }) => name === 'set-cookie').map(({ value }) => value);
  const sent = headers.filter(({ name }) => name === 'cookie').map(({ value }) => value);
  // What the server receives matters more than what it sets in the same exchange.
  if (sent.length > 0) return { ...nothing, kind: 'Cookie', header: sent.join('; '), otherLines };
  if (set.length > 0) return { ...readSetCookies(set), otherLines };
  const [, , , curl] = CURL_COOKIES.exec(text) ?? [];
  if (curl !== undefined) return { ...nothing, kind: 'Cookie', header: curl, otherLines: lines.length - 1 };
  if (lines.every((line) => PAIR.test(line.trim()) && ATTRIBUTE.test(line))) return readSetCookies(lines);
  if (PAIR.test(text)) return { ...nothing, kind: 'Cookie', header: lines.join(' ') };
  // A terminal or an email may have wrapped it.
  return { ...nothing, kind: 'value', value: lines.map((line) => line.trim()).join('') };
}

function readSetCookies(headers: readonly string[]): ReadInput {
  const setCookies = headers.map(parseSetCookie);
  const kept = setCookies.filter(({ value }) => value !== '');
  const header = kept.map(({ name, value }) => `${name}=${value}`).join('; ');
  return { kind: 'Set-Cookie', header, value: undefined, setCookies, otherLines: 0 };
}

function parseSetCookie(header: string): SetCookie {
  const [pair = '', ...rest] = header.split(';').map((part) => part.trim());
  const [name, value] = splitOnce(pair);
  const attributes = rest.map(splitOnce).map(([key, text]) => [key.toLowerCase(), text] as const);
  return { name, value, attributes: Object.fromEntries(attributes) };
}

function splitOnce(text: string): [before: string, after: string] {
  const [before = '', ...after] = text.split('=');
  return [before.trim(), after.join('=').trim()];
}

/** The cookies of a header whose value is a seal or a part of one, without the numbers of parts. */
export function findSealedNames(header: string): string[] {
  const sealed = [...parseCookies(header)].filter(([, values]) => values.some((value) => value.startsWith('Fe26.')));
  return sealed.map(([name]) => withoutNumber(name));
}

/** `wos-session.1` → `wos-session`. */
export function withoutNumber(name: string): string {
  return name.replace(/\.\d+$/, '');
}
