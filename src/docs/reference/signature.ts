/** A reference entry → its signature in one line, in the style of its language. */
import { type ResolvedEntry, type ResolvedRow, shownRows } from './resolved-entry.ts';

/** How many fields of an object are shown. */
const FIELDS_MAX = 3;

type Signed = Pick<ResolvedEntry, 'title' | 'language' | 'parameters' | 'returns' | 'properties'>;

/**
 * The hover text of an entry: the call with its parameters and result; objects are shown by their first three fields.
 *
 * @example
 * signatureOf(entry); // 'session.getLogOutUrl({ returnTo?: string }): Promise<string>'
 */
export function signatureOf({ title, language, parameters, returns, properties }: Signed): string {
  if (parameters.length === 0 && returns.length === 0)
    return properties.length === 0 ? title : `${title} ${fieldsOf(properties)}`;
  const isScript = language === 'js';
  const given = (isScript ? parameters.map(scriptParameter) : shownRows(parameters).map(typed)).join(', ');
  const call = given === '' ? title : `${title.replace(/\(\)$/, '')}(${given})`;
  const [first] = returns;
  if (!first) return call;
  const result = returns.length === 1 && !first.unwrap ? first.type : fieldsOf(shownRows(returns));
  return result === '' ? call : `${call}${isScript ? ':' : ' →'} ${result}`;
}

function scriptParameter(row: ResolvedRow): string {
  return row.unwrap && row.rows.length > 0 ? `{ ${shownRows(row.rows).map(typed).join(', ')} }` : typed(row);
}

function typed({ key, optional, type }: ResolvedRow): string {
  return `${key}${optional ? '?' : ''}${type === '' ? '' : `: ${type}`}`;
}

function fieldsOf(rows: readonly ResolvedRow[]): string {
  const names = rows.slice(0, FIELDS_MAX).map(({ key }) => key);
  return `{ ${[...names, ...(rows.length > FIELDS_MAX ? ['…'] : [])].join(', ')} }`;
}
