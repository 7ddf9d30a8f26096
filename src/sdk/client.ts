/** `new WorkOS(…)`: the client, with the name and the constructor of the WorkOS SDK. */
import { parseSettings, type WorkOSOptions } from './settings.ts';
import { UserManagement } from './user-management.ts';

/**
 * The client. Create one for your whole application. Creating it makes no request.
 *
 * @example
 * import { WorkOS } from 'authkit-session-helpers';
 *
 * const workos = new WorkOS('sk_…', { clientId: 'client_…' });
 */
export class WorkOS {
  /** Sessions and signing in. */
  readonly userManagement: UserManagement;

  /**
   * Takes the API key and options, or options alone; what is not given comes from the environment. Throws
   * `missing_api_key` when neither an API key nor a client id is known, `invalid_option` for a wrong value.
   */
  constructor(key?: string, options?: WorkOSOptions);
  constructor(options?: WorkOSOptions);
  constructor(keyOrOptions?: string | WorkOSOptions, options: WorkOSOptions = {}) {
    const given = typeof keyOrOptions === 'object' && keyOrOptions !== null ? keyOrOptions : options;
    const apiKey = typeof keyOrOptions === 'string' ? keyOrOptions : given.apiKey;
    this.userManagement = new UserManagement(parseSettings({ ...given, apiKey }));
  }
}
