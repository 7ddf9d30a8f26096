import os

from workos import WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
cookie_password = os.environ["WORKOS_COOKIE_PASSWORD"]
signed_in = workos.user_management.authenticate_with_code(
    code=os.environ["WORKOS_AUTHORIZATION_CODE"],
)
# #endregion

renewed = workos.user_management.authenticate_with_refresh_token(
    refresh_token=signed_in.refresh_token,
    session={"seal_session": True, "cookie_password": cookie_password},
)

# A refresh token works once: keep the new one.
if renewed.refresh_token != signed_in.refresh_token:
    print(f"{renewed.user.email} has a new refresh token")

session = workos.user_management.load_sealed_session(
    sealed_session=renewed.sealed_session,
    cookie_password=cookie_password,
)
result = session.authenticate()
if result.authenticated:
    print("and a cookie that opens")

# Output:
# ada@example.com has a new refresh token
# and a cookie that opens
