import { AuthenticationException, WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const { WORKOS_API_HOSTNAME: host, WORKOS_API_PORT: port } = process.env;

/** Lets the emulator require another step at the next sign-in. */
async function requireStep(kind: string): Promise<void> {
  await fetch(`http://${host}:${port}/_emulator/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind, client_id: process.env.WORKOS_CLIENT_ID }),
  });
}
// #endregion

await requireStep('organization_selection_required');
try {
  await userManagement.authenticateWithPassword({
    email: 'ada@example.com',
    password: 'orchards in may',
  });
} catch (error) {
  if (!(error instanceof AuthenticationException)) throw error;
  const { apiCode, organizations, pendingAuthenticationToken } = error;
  console.log(apiCode);
  for (const { name } of organizations) console.log('-', name);

  // The user chooses the second one.
  const chosen = organizations[1]?.id ?? '';
  const { organizationId } =
    await userManagement.authenticateWithOrganizationSelection({
      organizationId: chosen,
      pendingAuthenticationToken: pendingAuthenticationToken ?? '',
      session: { sealSession: true },
    });
  console.log('signed in to it:', organizationId === chosen);
}

// Output:
// organization_selection_required
// - Orchard Robotics
// - Harbour Library
// signed in to it: true
