import os

from workos import WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
# #endregion

url = workos.user_management.get_authorization_url(
    provider="authkit",
    redirect_uri="https://example.com/callback",
    state="kept-by-you",
    screen_hint="sign-up",
)

print(str("/user_management/authorize?" in url).lower())
print(str("state=kept-by-you" in url).lower())

# Output:
# true
# true
