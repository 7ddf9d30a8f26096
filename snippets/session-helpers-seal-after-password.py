import os

from workos import WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
cookie_password = os.environ["WORKOS_COOKIE_PASSWORD"]
# #endregion

signed_in = workos.user_management.authenticate_with_password(
    email="ada@example.com",
    password="orchards in may",
    session={"seal_session": True, "cookie_password": cookie_password},
)

# The next request contains the cookie.
session = workos.user_management.load_sealed_session(
    sealed_session=signed_in.sealed_session,
    cookie_password=cookie_password,
)
result = session.authenticate()

if result.authenticated:
    print(f"{result.user.email}, by {result.authentication_method}")

# Output:
# ada@example.com, by Password
