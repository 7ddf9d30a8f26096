import os

from workos import WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
# #endregion

signed_in = workos.user_management.authenticate_with_magic_auth(
    email="ben@example.com",
    # What the user types. The emulator accepts this code.
    code="123456",
    session={
        "seal_session": True,
        "cookie_password": os.environ["WORKOS_COOKIE_PASSWORD"],
    },
)
print(signed_in.user.email, signed_in.authentication_method)
is_sealed = (signed_in.sealed_session or "").startswith("Fe26.2*")
print("a cookie:", str(is_sealed).lower())

# Output:
# ben@example.com MagicAuth
# a cookie: true
