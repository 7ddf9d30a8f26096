import os

from workos import EmailVerificationRequiredException, WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
users = workos.user_management
# #endregion

try:
    users.authenticate_with_password(
        # A user of the emulator whose email address is not verified.
        email="dana@example.com",
        password="letters by post",
    )
except EmailVerificationRequiredException as error:
    pending = error.response_json["pending_authentication_token"]
    print(error.code)
    signed_in = users.authenticate_with_email_verification(
        # What the user types. The emulator accepts this code.
        code="123456",
        pending_authentication_token=pending,
    )
    print("signed in:", signed_in.user.email)

# Output:
# email_verification_required
# signed in: dana@example.com
