/** The body of a request or a response → readable text without secrets and long values. */

/** Fields with secret values. */
const SECRET_NAME = /token|secret|password|cookie|sealed|^code$/i;
/** Values that are secrets in any field: a token, a seal, an API key. */
const SECRET_FORM = /^(eyJ|Fe26\.2\*|sk_)/;
/** Longer texts are cut off. */
const TEXT_LENGTH_MAX = 72;

/** JSON is indented; of anything else only the length is shown. */
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
