/** The handler over the package as `import` loads it. */
import { WorkOS } from 'authkit-session-helpers';
import { createHandler } from './handler.js';

export const handle = createHandler(WorkOS);
