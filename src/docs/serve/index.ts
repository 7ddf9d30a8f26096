/** A built site → what hosts send with it, and a server for this machine. */
export { SANDBOX_PATH, writeHeaders } from './security-headers.ts';
export { type ServeOptions, type SiteServer, checkPort, pathOf, serveSite } from './serve.ts';
