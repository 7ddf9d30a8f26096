import os

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

before = session.authenticate()

after = session.refresh(organization_id="org_01JKT5RA50YM9TH01PT9R8YQFK")

if before.authenticated:
    print(f"from {before.organization_id} as {before.role}")
if after.authenticated:
    print(f"to   {after.organization_id} as {after.role}")
else:
    print(f"not switched: {after.reason}")

# Output:
# from org_01JK303SQ8R2VDK97F38E46C5R as admin
# to   org_01JKT5RA50YM9TH01PT9R8YQFK as member
