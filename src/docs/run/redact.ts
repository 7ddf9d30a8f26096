/** The body of a request or an answer → the same to read, without its secrets and without what fills screens. */

/** Fields whose values are nobody's business. */
const SECRET_NAME = /token|secret|password|cookie|sealed|^code$/i;
/** Texts that are secrets whatever they are called: a token, a seal, an API key. */
const SECRET_FORM = /^(eyJ|Fe26\.2\*|sk_)/;
/** Longer texts are shown by their beginning. */
const TEXT_LENGTH_MAX = 72;

/** JSON is laid out; anything else is given by its length. */
export function redactBody(body: string): string {
  if (body === '') return '';
  try {
    return JSON.stringify(JSON.parse(body), redact, 2);
  } catch {
    return `not JSON (${body.length} characters)`;
  }
}

function redact(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const length = `(${value.length} characters)`;
  if (SECRET_NAME.test(name) || SECRET_FORM.test(value)) return `${name} ${length}`;
  return value.length > TEXT_LENGTH_MAX ? `${value.slice(0, 24)}… ${length}` : value;
}
