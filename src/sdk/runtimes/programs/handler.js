/** A server's handler that does with the helpers what a request's body asks for; every runtime serves it. */

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const realNow = Date.now;
let clockAheadMs = 0;
/** The helpers read the clock when they need it, so this moves theirs. */
Date.now = () => realNow() + clockAheadMs;

/**
 * `{ options, cookiePassword, sessionData, method }` → `{ result }`, `{ error }`, or `{ gaveUp: true }` where the
 * method takes longer than `giveUpAfterMs`. `advanceClockMs` moves the clock first.
 */
export const createHandler = (WorkOS) => async (request, waitUntil) => {
  const { options, cookiePassword, sessionData, method, giveUpAfterMs, advanceClockMs = 0 } = await request.json();
  clockAheadMs += advanceClockMs;
  const { userManagement } = new WorkOS({ ...options, waitUntil });
  const session = userManagement.loadSealedSession({ sessionData, cookiePassword });
  const answer = session[method]().then(
    (result) => ({ result }),
    ({ name, code, message }) => ({ error: { name, code, message } }),
  );
  const gaveUp = giveUpAfterMs && sleep(giveUpAfterMs).then(() => ({ gaveUp: true }));
  return Response.json(await (gaveUp ? Promise.race([answer, gaveUp]) : answer));
};
