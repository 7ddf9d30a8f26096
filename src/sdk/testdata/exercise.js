/**
 * What every runtime has to do: called with the package as that runtime loads it, and with cookies by name. Answers
 * what became of each cookie, and a cookie it sealed itself.
 */
export async function exercise({ WorkOS }, { cookies, password, jwks, answer }) {
  const fetchFn = async () => new Response(JSON.stringify(answer), { status: 200 });
  const { userManagement } = new WorkOS('sk_test_1', { clientId: 'client_01', jwks, fetchFn });
  const results = {};
  for (const [about, sessionData] of Object.entries(cookies)) {
    const result = await userManagement.loadSealedSession({ sessionData, cookiePassword: password }).authenticate();
    results[about] = result.authenticated ? 'authenticated' : result.reason;
  }
  const { sealedSession } = await userManagement.authenticateWithCode({
    code: 'code_1',
    session: { sealSession: true, cookiePassword: password },
  });
  const runtime = { process: typeof globalThis.process, Buffer: typeof globalThis.Buffer };
  return { results, sealedSession, runtime };
}
