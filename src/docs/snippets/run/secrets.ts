/** Replaces secrets in a text by their name and length. */

/** Variables with secret values. */
const SECRET_NAME = /KEY|PASSWORD|SECRET|SESSION|CODE|TOKEN/;
/** Shorter values are not secrets, and could appear in other text. */
const SECRET_LENGTH_MIN = 12;

/** Secrets recognized by their format (Iron's seal; RFC 7519, section 3). */
const FORMS = [
  { name: 'a sealed value', pattern: /Fe26\.2\*[^\s"',;]+/g },
  { name: 'a token', pattern: /\beyJ[\w-]{8,}(?:\.[\w-]+){0,2}/g },
] as const;

export interface Redaction {
  text: string;
  /** What was found, such as `API_KEY (43 characters)`. */
  secrets: string[];
}

/** Replaces the secrets in `environment`, and anything that looks like one. */
export function redactSecrets(text: string, environment: Readonly<Record<string, string>>): Redaction {
  const secrets: string[] = [];
  const replace = (name: string, value: string) => {
    const secret = `${name} (${value.length} characters)`;
    secrets.push(secret);
    return `<${secret}>`;
  };
  let redacted = text;
  for (const [name, value] of Object.entries(environment)) {
    if (!SECRET_NAME.test(name) || value.length < SECRET_LENGTH_MIN || !redacted.includes(value)) continue;
    redacted = redacted.replaceAll(value, () => replace(name, value));
  }
  for (const { name, pattern } of FORMS) redacted = redacted.replace(pattern, (value) => replace(name, value));
  return { text: redacted, secrets };
}
