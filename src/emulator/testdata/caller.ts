/** A running emulator and one environment of it → the calls a program makes, as short as tests want them. */
import type { IssuedEnvironment, RunningEmulator } from '../index.ts';

export interface Reply {
  status: number;
  headers: Headers;
  body: Record<string, any>;
}

export interface Caller {
  environment: IssuedEnvironment;
  /** Posts `body` as JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Posts to the authenticate route, with client id and key already in the body. */
  authenticate(body: Record<string, unknown>, headers?: Record<string, string>): Promise<Reply>;
  /** The first refresh token of a new sign-in with the environment's user. */
  signIn(): Promise<Record<string, any>>;
}

export function createCaller({ url }: RunningEmulator, environment: IssuedEnvironment): Caller {
  const post: Caller['post'] = async (path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  };
  const authenticate: Caller['authenticate'] = (body, headers) => {
    const client = { client_id: environment.WORKOS_CLIENT_ID, client_secret: environment.WORKOS_API_KEY };
    return post('/user_management/authenticate', { ...client, ...body }, headers);
  };
  const signIn = async () => {
    const credentials = { email: 'ada@example.com', password: 'orchards in may' };
    return (await authenticate({ grant_type: 'password', ...credentials })).body;
  };
  return { environment, post, authenticate, signIn };
}
