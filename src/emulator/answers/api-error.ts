/** The class of the API's own errors, and the one that every route may need. */

/** A request the API refuses; thrown by the routes and turned into the answer in one place (emulator.ts). */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Record<string, unknown>) {
    super(`The API answers ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}

export const notFound = (message: string) => new ApiError(404, { code: 'not_found', message });
