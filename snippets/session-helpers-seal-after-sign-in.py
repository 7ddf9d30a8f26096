import os
from http.cookies import SimpleCookie

from workos import WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
cookie_password = os.environ["WORKOS_COOKIE_PASSWORD"]
# #endregion

# The API redirects the visitor to your callback, with a code in the URL.
signed_in = workos.user_management.authenticate_with_code(
    code=os.environ["WORKOS_AUTHORIZATION_CODE"],
    session={"seal_session": True, "cookie_password": cookie_password},
)

# Set the cookie and redirect the visitor.
cookie = SimpleCookie({"wos-session": signed_in.sealed_session})
cookie["wos-session"].update({"path": "/", "secure": True, "httponly": True})

headers = {"Location": "/dashboard", "Set-Cookie": cookie.output(header="")}

print(f"{signed_in.user.email} signed in")
print(f"redirected to {headers['Location']}")

# Output:
# ada@example.com signed in
# redirected to /dashboard
