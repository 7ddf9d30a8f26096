import os

from workos import WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
# #endregion

session = workos.user_management.load_sealed_session(
    # value of the session cookie
    sealed_session=os.environ["WORKOS_SEALED_SESSION"],
    cookie_password=os.environ["WORKOS_COOKIE_PASSWORD"],
)

result = session.authenticate()

if result.authenticated:
    print(f"{result.user.email} is signed in")
else:
    print(f"not signed in: {result.reason}")

# Output:
# ada@example.com is signed in
