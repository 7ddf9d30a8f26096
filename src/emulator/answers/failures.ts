/** The answers of a route that fails: by kind of fault, each as the API, or what stands before it, fails. */
import { mfaEnrollment, ssoRequired } from './api-errors.ts';
import type { FaultKind } from '../faults.ts';
import { SIGN_IN } from '../seed.ts';

/** Milliseconds after which a hanging request is answered after all, so that nothing waits for ever. */
const HANG_MS_MAX = 120_000;
const RETRY_AFTER_SEC = 2;

export const FAILURES = {
  /** 500 with the API's error shape. */
  server_error: () => Response.json({ message: 'Internal Server Error' }, { status: 500 }),
  /** 502 with an HTML body, as from a proxy. */
  bad_gateway: () => textAnswer(502, 'text/html', '<html><body><h1>502 Bad Gateway</h1></body></html>'),
  /** 429 with `Retry-After`, in seconds. */
  rate_limited: () => rateLimited(),
  /** 200 without a body. */
  empty_answer: () => textAnswer(200, 'application/json', ''),
  /** 200 with half of a JSON body. */
  cut_answer: () => textAnswer(200, 'application/json', '{"access_token": "ey'),
  /** The organization wants its users to come through single sign-on. */
  sso_required: () => answerOf(ssoRequired(SIGN_IN.email)),
  /** The user has to enroll a second factor first. */
  mfa_enrollment: () => answerOf(mfaEnrollment()),
  /** No answer until the caller gives up. */
  hang: (signal: AbortSignal) => hang(signal),
} as const satisfies Record<FaultKind, (signal: AbortSignal) => Response | Promise<Response>>;

function textAnswer(status: number, type: string, text: string): Response {
  return new Response(text, { status, headers: { 'Content-Type': type } });
}

function rateLimited(): Response {
  const body = { error: 'too_many_requests', error_description: 'Too many requests.' };
  return Response.json(body, { status: 429, headers: { 'Retry-After': String(RETRY_AFTER_SEC) } });
}

function answerOf({ body, status }: { body: unknown; status: number }): Response {
  return Response.json(body, { status });
}

function hang(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(new Response(null, { status: 504 })), HANG_MS_MAX);
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
