import { handle } from './handle.js';

export const config = { matcher: '/edge' };
export const middleware = (request, event) => handle(request, (promise) => event.waitUntil(promise));
