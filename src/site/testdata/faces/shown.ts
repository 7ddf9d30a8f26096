/** Results of the API and of the Node.js helpers → the same as the wrappers for Ruby and Python must show it. */
import { expect } from 'vitest';
import type { AuthenticationResponse, SessionError } from '../../../sdk/index.ts';
import { entryOf, type Fields, fieldsOf, keysOf, type Language } from './documented.ts';
import type { Exchange } from './recording-api.ts';

/** A result of the API as the language shows it: objects with a class, and other objects as hashes or dictionaries. */
export function shownResponse(language: Language, answer: Fields, sealedSession: unknown): Fields {
  const names = fieldsOf(language);
  const object = (field: string, kind: string, fields: Fields | undefined): Fields | null =>
    fields === undefined
      ? null
      : {
          is: language === 'ruby' ? 'WorkOS::Response' : kind,
          ...Object.fromEntries(names[field]!.map((key) => [key, shownData(language, fields[key] ?? null)])),
        };
  return {
    ...object('response', 'AuthenticationResponse', { ...answer, sealed_session: sealedSession }),
    user: object('user', 'User', answer['user']),
    impersonator: object('impersonator', 'Impersonator', answer['impersonator']),
  };
}

/** JSON in the language: in Ruby, keys are symbols. */
function shownData(language: Language, value: unknown): unknown {
  if (language === 'python' || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [`:${key}`, shownData(language, each)]));
}

const snakeCase = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** An object of the Node.js helpers with the names of the API. What a user has stored keeps its names. */
function withSnakeCase(object: object): Fields {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value) && key !== 'metadata';
      return [snakeCase(key), isObject ? withSnakeCase(value as object) : value];
    }),
  );
}

/** A result of the Node.js helpers, as the language shows it: what its entry documents, and only what applies. */
export function shownResult(
  language: Language,
  id: 'authenticate' | 'refresh',
  result: object,
  sealed?: string,
): Fields {
  const { session, ...plain } = result as { session?: AuthenticationResponse };
  const fields = { ...withSnakeCase(plain), ...(sealed !== undefined && { sealed_session: sealed }) } as Fields;
  const documented = keysOf(entryOf(language, id).returns);
  if (language === 'ruby') {
    const given = documented.filter((key) => fields[key] !== undefined);
    return {
      ...(shownData(language, Object.fromEntries(given.map((key) => [key, fields[key]]))) as Fields),
      ...(session &&
        documented.includes('session') && { ':session': shownResponse(language, withSnakeCase(session), sealed) }),
    };
  }
  const object = (kind: string, value: Fields | undefined) => (value ? { is: kind, ...value } : null);
  const reason = fields['reason'] as string | undefined;
  const isDeclared = /^(?:invalid_jwt|invalid_session_cookie|no_session_cookie_provided)$/.test(reason ?? '');
  return {
    is: id === 'refresh' ? 'RefreshResult' : 'AuthenticateResult',
    ...Object.fromEntries(documented.map((key) => [key, fields[key] ?? null])),
    user: object('User', fields['user']),
    impersonator: object('Impersonator', fields['impersonator']),
    reason: isDeclared ? `AuthenticateWithSessionCookieFailureReason.${reason!.toUpperCase()}` : (reason ?? null),
  };
}

/** An error of the Node.js helpers, as the language shows it, with the answer that the program itself got. */
export function shownError(language: Language, error: SessionError, exchange: Exchange | undefined): Fields {
  if (error.status !== undefined && error.code !== 'keys_unavailable') expect(exchange?.status).toBe(error.status);
  const shared = {
    message: error.message,
    code: error.apiCode ?? error.code,
    status: error.status ?? null,
    request_id: exchange?.requestId ?? null,
    data: exchange?.answer ?? {},
  };
  const isForbidden = error.status === 403;
  if (language === 'ruby') {
    return { ...shared, raised: [...(isForbidden ? ['WorkOS::ForbiddenRequestError'] : []), 'WorkOS::WorkOSError'] };
  }
  const isOfEmail = error.apiCode === 'email_verification_required';
  return {
    ...shared,
    text: error.message,
    raised: [
      ...(isForbidden && isOfEmail ? ['EmailVerificationRequiredException'] : []),
      ...(isForbidden ? ['AuthorizationException'] : []),
      'BaseRequestException',
    ],
    email_verification_id: (isOfEmail && exchange?.answer['email_verification_id']) || null,
  };
}
