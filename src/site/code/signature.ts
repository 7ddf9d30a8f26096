/** An entry of the reference → its signature in one line, in the manner of its language. */
import type { Entry, Property } from '../../reference/index.ts';

/** How many fields of an object a line names. */
const FIELDS_MAX = 3;

/**
 * The line that is shown where an entry is named: the call with its parameters and what it returns, of objects the
 * first three fields.
 *
 * @example
 * signatureOf(entry); // 'session.getLogOutUrl({ returnTo?: string }): Promise<string>'
 */
export function signatureOf({ title, language, parameters, returns, properties }: Entry): string {
  if (parameters.length === 0 && returns.length === 0)
    return properties.length === 0 ? title : `${title} ${fieldsOf(properties)}`;
  const name = title.replace(/\(\)$/, '');
  const given =
    language === 'js' ? parameters.map(scriptParameter).join(', ') : unwrapped(parameters).map(typed).join(', ');
  const call = given === '' ? title : `${name}(${given})`;
  const [first] = returns;
  if (!first) return call;
  const result = returns.length === 1 && !first.unwrap ? typeOf(first) : fieldsOf(unwrapped(returns));
  return result === '' ? call : `${call}${language === 'js' ? ':' : ' →'} ${result}`;
}

function scriptParameter(row: Property): string {
  return row.unwrap && row.properties.length > 0 ? `{ ${row.properties.map(typed).join(', ')} }` : typed(row);
}

function unwrapped(rows: readonly Property[]): Property[] {
  return rows.flatMap((row) => (row.unwrap && row.properties.length > 0 ? unwrapped(row.properties) : [row]));
}

function typed(row: Property): string {
  const type = typeOf(row);
  return `${row.key}${row.optional ? '?' : ''}${type === '' ? '' : `: ${type}`}`;
}

function typeOf({ type }: Property): string {
  return type.map(({ text }) => text).join('');
}

function fieldsOf(rows: readonly Property[]): string {
  const names = rows.slice(0, FIELDS_MAX).map(({ key }) => key);
  return `{ ${[...names, ...(rows.length > FIELDS_MAX ? ['…'] : [])].join(', ')} }`;
}
