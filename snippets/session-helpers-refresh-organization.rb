require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end

session = WorkOS::UserManagement.load_sealed_session(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  session_data: ENV.fetch('WORKOS_SEALED_SESSION'),
  cookie_password: ENV.fetch('WORKOS_COOKIE_PASSWORD')
)
# #endregion

before = session.authenticate

switched = session.refresh(organization_id: 'org_01JKT5RA50YM9TH01PT9R8YQFK')

if before[:authenticated]
  puts "from #{before[:organization_id]} as #{before[:role]}"
end
if switched[:authenticated]
  after = session.authenticate
  puts "to   #{after[:organization_id]} as #{after[:role]}"
else
  puts "not switched: #{switched[:reason]}"
end

# Output:
# from org_01JK303SQ8R2VDK97F38E46C5R as admin
# to   org_01JKT5RA50YM9TH01PT9R8YQFK as member
