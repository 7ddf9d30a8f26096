import os

from workos import AuthorizationException, WorkOSClient

# #region setup
workos = WorkOSClient(
    api_key=os.environ["WORKOS_API_KEY"],
    client_id=os.environ["WORKOS_CLIENT_ID"],
)
users = workos.user_management
# #endregion

try:
    users.authenticate_with_password(
        # A user of the emulator who has to choose an organization.
        email="eli@example.com",
        password="one of two doors",
    )
except AuthorizationException as error:
    pending = error.response_json["pending_authentication_token"]
    print(error.code)
    organizations = error.response_json["organizations"]
    for organization in organizations:
        print("-", organization["name"])

    # The user chooses the second one.
    chosen = organizations[1]["id"]
    signed_in = users.authenticate_with_organization_selection(
        organization_id=chosen,
        pending_authentication_token=pending,
    )
    is_chosen = signed_in.organization_id == chosen
    print("signed in to it:", str(is_chosen).lower())

# Output:
# organization_selection_required
# - Orchard Robotics
# - Harbour Library
# signed in to it: true
