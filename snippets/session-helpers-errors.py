import os

from workos import WorkOSClient, WorkOSError

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
# #endregion

# A visitor without a valid session: the reason is returned.
nobody = workos.user_management.load_sealed_session(
    sealed_session=None,
    cookie_password=os.environ["WORKOS_COOKIE_PASSWORD"],
)
print("returned:", nobody.authenticate().reason)

# A mistake in your code or settings: an error is raised.
try:
    workos.user_management.load_sealed_session(
        sealed_session=os.environ["WORKOS_SEALED_SESSION"],
        cookie_password="too short",
    )
except WorkOSError as error:
    print("thrown:", error.code)
    print(error)
    print(error.remedy)

# Output:
# returned: no_session_cookie_provided
# thrown: short_cookie_password
# Cannot load sealed session: "cookiePassword" (WORKOS_COOKIE_PASSWORD) has 9 characters, expected at least 32
# Generate one with "openssl rand -base64 32", and set it as WORKOS_COOKIE_PASSWORD.
