import os

from workos import AuthorizationException, WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
users = workos.user_management
# #endregion

try:
    users.authenticate_with_password(
        # A user of the emulator with a second factor.
        email="fay@example.com",
        password="six digits more",
    )
except AuthorizationException as error:
    pending = error.response_json["pending_authentication_token"]
    factor = error.response_json["authentication_factors"][0]
    print(error.code, factor["type"])
    # From the request that challenges the factor.
    challenge = "auth_challenge_01JP0R4VQ9V0M8B7Y3H1K2D5TA"
    signed_in = users.authenticate_with_totp(
        # What the user types. The emulator accepts this code.
        code="123456",
        authentication_challenge_id=challenge,
        pending_authentication_token=pending,
    )
    print("signed in:", signed_in.user.email)

# Output:
# mfa_challenge totp
# signed in: fay@example.com
