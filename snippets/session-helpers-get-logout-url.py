import os
from urllib.parse import parse_qsl, urlsplit

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

url = urlsplit(session.get_logout_url(return_to="https://example.com/goodbye"))

print(url.path)
for name, value in parse_qsl(url.query):
    print(f"  {name}={value}")

# Output:
# /user_management/sessions/logout
#   session_id=session_…
#   return_to=https://example.com/goodbye
