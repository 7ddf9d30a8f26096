import os

from workos import AuthorizationException, WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
# #endregion

try:
    workos.user_management.authenticate_with_password(
        # A user of the emulator with a second factor.
        email="fay@example.com",
        password="six digits more",
    )
except AuthorizationException as error:
    print(error.api_code, error.response_json["authentication_factors"][0]["type"])
    signed_in = workos.user_management.authenticate_with_totp(
        # What the user types. The emulator accepts this code.
        code="123456",
        # From the request that challenges the factor.
        authentication_challenge_id="auth_challenge_01JP0R4VQ9V0M8B7Y3H1K2D5TA",
        pending_authentication_token=error.response_json["pending_authentication_token"],
    )
    print("signed in:", signed_in.user.email)

# Output:
# mfa_challenge totp
# signed in: fay@example.com
