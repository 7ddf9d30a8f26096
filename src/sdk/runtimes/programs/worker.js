import { handle } from './handle.js';

export default {
  fetch: (request, _env, context) =>
    handle(request, request.url.endsWith('/wait-until') ? (promise) => context.waitUntil(promise) : undefined),
};
