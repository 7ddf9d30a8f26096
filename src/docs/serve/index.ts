/** A built site → its response headers, and a server for this machine. */
export { SANDBOX_FOLDER, SANDBOX_PATH, writeHeaders } from './security-headers.ts';
export { type ServeOptions, type SiteServer, checkPort, pathOf, sendFileAt, serveSite } from './serve.ts';
