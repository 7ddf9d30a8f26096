import os

from workos import WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
session = workos.user_management.load_sealed_session(
    sealed_session=os.environ["WORKOS_SEALED_SESSION"],
    cookie_password=os.environ["WORKOS_COOKIE_PASSWORD"],
)
# #endregion

result = session.authenticate()

print(result.user.email if result.authenticated else result.reason)

# Output:
# ada@example.com
