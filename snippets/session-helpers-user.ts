import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const session = userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});
// #endregion

const result = await session.authenticate();

if (result.authenticated) {
  console.log(JSON.stringify(result.user, null, 2));
} else {
  console.log(result.reason);
}

// Output:
// {
//   "object": "user",
//   "id": "user_01JGXF68E0TF04P3S6A0XGP12C",
//   "email": "ada@example.com",
//   "emailVerified": true,
//   "name": "Ada Lindqvist",
//   "firstName": "Ada",
//   "profilePictureUrl": null,
//   "lastName": "Lindqvist",
//   "lastSignInAt": "2025-06-25T19:07:33.155Z",
//   "locale": "sv-SE",
//   "createdAt": "2025-01-06T09:30:00.000Z",
//   "updatedAt": "2025-06-25T19:07:33.155Z",
//   "externalId": null,
//   "metadata": {}
// }
