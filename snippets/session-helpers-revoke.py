import os

from workos import WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
# #endregion

session = workos.user_management.load_sealed_session(
    sealed_session=os.environ["WORKOS_SEALED_SESSION"],
    cookie_password=os.environ["WORKOS_COOKIE_PASSWORD"],
)
before = session.authenticate()

workos.user_management.revoke_session(session_id=before.session_id)

after = session.refresh()
print("renewed:", str(after.authenticated).lower())

# Output:
# renewed: false
