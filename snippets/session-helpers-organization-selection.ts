import { AuthenticationException, WorkOS } from 'authkit-session-helpers';

const { userManagement } = new WorkOS();

try {
  await userManagement.authenticateWithPassword({
    // A user of the emulator who has to choose an organization.
    email: 'eli@example.com',
    password: 'one of two doors',
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
    });
  console.log('signed in to it:', organizationId === chosen);
}

// Output:
// organization_selection_required
// - Orchard Robotics
// - Harbour Library
// signed in to it: true
