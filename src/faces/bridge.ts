/** Exposes the package as calls with JSON arguments, for the wrappers in other languages. */
import { SessionError, WorkOS } from 'authkit-session-helpers';

interface Bridge {
  /** Creates a client; returns its handle. */
  create(given: string): string;
  /**
   * Calls a method, named in snake_case, of the object with that handle. Returns `{"value": …}` or `{"error": …}`; a
   * session is returned as its handle.
   */
  call(handle: number, method: string, given: string): string | Promise<string>;
}

type Method = (options: unknown) => unknown;

/** The object whose keys are the data of others, and must not be renamed. */
const NAMED_BY_OTHERS = 'metadata';

/** Creates a bridge with its own objects. */
export function createBridge(): Bridge {
  const objects: object[] = [];
  const describe = (value: unknown): string => {
    const isSession = typeof value === 'object' && value !== null && 'authenticate' in value;
    return JSON.stringify({ value: isSession ? objects.push(value) - 1 : withSnakeCase(value) });
  };
  const attempt = (action: () => unknown): string | Promise<string> => {
    try {
      const value = action();
      return value instanceof Promise ? value.then(describe, describeError) : describe(value);
    } catch (error) {
      return describeError(error);
    }
  };
  return {
    create: (given) =>
      attempt(() => objects.push(new WorkOS(withCamelCase(JSON.parse(given)) as object).userManagement) - 1) as string,
    call: (handle, name, given) =>
      attempt(() => {
        const object = objects[handle] as Record<string, Method>;
        return object[camelCase(name)]?.(withCamelCase(JSON.parse(given)));
      }),
  };
}

/** An error with what the API answered, which the wrappers keep out of everything that is printed. */
function describeError(error: unknown): string {
  if (!(error instanceof SessionError)) return JSON.stringify({ error: { message: String(error) } });
  const { code, message, status, requestId, apiCode, rawData } = error;
  return JSON.stringify({ error: { code, message, status, request_id: requestId, api_code: apiCode, data: rawData } });
}

function withSnakeCase(value: unknown): unknown {
  return renamed(value, (key) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function withCamelCase(value: unknown): unknown {
  return renamed(value, camelCase);
}

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function renamed(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [rename(key), key === NAMED_BY_OTHERS ? each : renamed(each, rename)]),
  );
}
