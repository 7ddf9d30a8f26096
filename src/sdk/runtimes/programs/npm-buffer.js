/** What polyfills do: the global is a package, which knows no base64url. */
import { Buffer } from 'buffer/index.js';

globalThis.Buffer = Buffer;
