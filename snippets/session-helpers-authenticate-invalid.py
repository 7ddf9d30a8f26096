import os

from workos import WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
# #endregion

sealed = os.environ["WORKOS_SEALED_SESSION"]

cookies = {
    "no cookie": None,
    "a cookie of another site": "theme=dark",
    "a cookie that was changed": sealed.replace("~2", "x~2"),
}

for name, cookie in cookies.items():
    session = workos.user_management.load_sealed_session(
        sealed_session=cookie,
        cookie_password=os.environ["WORKOS_COOKIE_PASSWORD"],
    )
    print(f"{name}: {session.authenticate().reason.value}")

# Output:
# no cookie: no_session_cookie_provided
# a cookie of another site: invalid_session_cookie
# a cookie that was changed: invalid_session_cookie
