import os

from workos import EmailVerificationRequiredException, WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
# #endregion

try:
    workos.user_management.authenticate_with_password(
        # A user of the emulator whose email address is not verified.
        email="dana@example.com",
        password="letters by post",
    )
except EmailVerificationRequiredException as error:
    print(error.response.status_code, error.code)
    print("verification:", error.email_verification_id)
    print("send back:", error.response_json["pending_authentication_token"])

# Output:
# 403 email_verification_required
# verification: email_verification_01JP0R7C3K9M2T5X8V1B4N6QWE
# send back: pat_01JJWA8QK2M4X7B9C5E3F6G1HT
