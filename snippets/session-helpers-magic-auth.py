import os

from workos import WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
# #endregion

signed_in = workos.user_management.authenticate_with_magic_auth(
    email="ben@example.com",
    # What the user types. The emulator accepts this code.
    code="123456",
)
print(signed_in.user.email, signed_in.authentication_method)

# Output:
# ben@example.com MagicAuth
