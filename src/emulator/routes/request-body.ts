/** A request → its JSON object and the fields in it, or a refusal like those of the API. */
import { bodyTooLarge, type FieldFault, invalidParameters, malformedBody } from '../api-errors.ts';

/** The maximum size of a request body. */
const BODY_BYTES_MAX = 1_000_000;

export type RequestBody = Readonly<Record<string, unknown>>;

/** Reads a JSON object. Throws 400 for another content type or malformed JSON, 413 above a megabyte. */
export async function readRequestBody(request: Request): Promise<RequestBody> {
  const type = request.headers.get('content-type') ?? '';
  // This also keeps out web pages of other origins, because they cannot send it without a preflight request.
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw malformedBody('Content-Type must be application/json.');
  }
  const body = parseJson(await readText(request));
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw malformedBody('The request body must be a JSON object.');
  }
  return body as RequestBody;
}

/** Reads `required` and `optional` fields. Throws 422 with every field that is missing or not a string. */
export function parseTextFields<Required extends string, Optional extends string = never>(
  body: RequestBody,
  required: readonly Required[],
  optional: readonly Optional[] = [],
): Record<Required, string> & Partial<Record<Optional, string>> {
  const faults: FieldFault[] = [];
  const fields: Record<string, string> = {};
  for (const field of [...required, ...optional]) {
    const value = Object.hasOwn(body, field) ? body[field] : undefined;
    const missing = value === undefined || value === null || value === '';
    if (typeof value === 'string' && value !== '') fields[field] = value;
    else if (!missing) faults.push({ field, code: 'must_be_string', message: `${field} must be a string` });
    else if ((required as readonly string[]).includes(field)) {
      faults.push({ field, code: 'required', message: `${field} is required` });
    }
  }
  if (faults.length > 0) throw invalidParameters(faults);
  return fields as Record<Required, string> & Partial<Record<Optional, string>>;
}

/** Stops reading at the maximum, because a body without a length may never end. */
async function readText(request: Request): Promise<string> {
  // Firefox has no stream for a request. There, the sender is a program in the same page, so the body always ends.
  if (request.body === undefined) return request.text();
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw bodyTooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedBody('The request body is not valid JSON.');
  }
}
