import { fileURLToPath } from 'node:url';

/** Beside the packages, not beside a lockfile that Next.js finds further up. */
const root = fileURLToPath(new URL('..', import.meta.url));

export default { turbopack: { root }, outputFileTracingRoot: root };
