import os
from http.cookies import SimpleCookie

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

result = session.refresh()
cookie = SimpleCookie()
attributes = {"path": "/", "secure": True, "httponly": True}

if result.authenticated:
    cookie["wos-session"] = result.sealed_session
    cookie["wos-session"].update(attributes)
    print(f"{result.user.email} stays signed in as {result.role}")
else:
    # The package does not say whether the API refused or could not answer.
    cookie["wos-session"] = ""
    cookie["wos-session"].update({"path": "/", "max-age": 0})
    print(f"clear the cookie, sign in again: {result.reason}")

print(f"cookies in the response: {len(cookie)}")

# Output:
# ada@example.com stays signed in as admin
# cookies in the response: 1
