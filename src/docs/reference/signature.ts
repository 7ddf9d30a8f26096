/** A reference entry → its signature in one line, in the style of its language. */
import type { FilledEntry, FilledRow } from './declared/index.ts';
import { shownRows } from './resolved-entry.ts';

/** How many fields of an object are shown. */
const FIELDS_MAX = 3;

type Signed = Pick<FilledEntry, 'title' | 'language' | 'parameters' | 'returns' | 'properties'> &
  Partial<Pick<FilledEntry, 'definition' | 'result' | 'typeParameters'>>;

/**
 * The hover text of an entry: the call with its parameters and result; objects are shown by their first three fields.
 *
 * @example
 * signatureOf(entry); // 'session.getLogOutUrl({ returnTo?: string }): Promise<string>'
 */
export function signatureOf(entry: Signed): string {
  const { title, language, parameters, returns, properties, result: declared, typeParameters = [] } = entry;
  if (entry.definition !== undefined) return `type ${title} = ${entry.definition}`;
  if (parameters.length === 0 && returns.length === 0 && declared === undefined)
    return properties.length === 0 ? title : `${title} ${fieldsOf(properties)}`;
  const isScript = language === 'js';
  const given = (isScript ? parameters.map(scriptParameter) : shownRows(parameters).map(typed)).join(', ');
  const generic = typeParameters.length === 0 ? '' : `<${typeParameters.join(', ')}>`;
  const name = title.replace(/\(\)$/, '');
  const call = given === '' && generic === '' ? title : `${name}${generic}(${given})`;
  if (declared !== undefined) return `${call}: ${declared}`;
  const [first] = returns;
  if (!first) return call;
  const result = returns.length === 1 && !first.unwrap ? first.type : fieldsOf(shownRows(returns));
  return result === '' ? call : `${call}${isScript ? ':' : ' →'} ${result}`;
}

function scriptParameter(row: FilledRow): string {
  return row.unwrap && row.rows.length > 0 ? `{ ${shownRows(row.rows).map(typed).join(', ')} }` : typed(row);
}

/** The name of a long type is enough. */
function typed({ key, optional, alias, type: written }: FilledRow): string {
  const type = alias !== undefined && written.length > alias.length ? alias : written;
  return `${key}${optional ? '?' : ''}${type === '' ? '' : `: ${type}`}`;
}

function fieldsOf(rows: readonly FilledRow[]): string {
  const names = rows.slice(0, FIELDS_MAX).map(({ key }) => key);
  return `{ ${[...names, ...(rows.length > FIELDS_MAX ? ['…'] : [])].join(', ')} }`;
}
