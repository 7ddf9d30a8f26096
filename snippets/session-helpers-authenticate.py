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

if result.authenticated:
    print(f"{result.user.first_name} is signed in as {result.role}")
    print(f"permissions: {', '.join(result.permissions)}")
else:
    print(f"not signed in: {result.reason}")

# Output:
# Ada is signed in as admin
# permissions: posts:read, posts:write, members:manage
