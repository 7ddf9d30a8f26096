require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
# #endregion

session = WorkOS::UserManagement.load_sealed_session(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  session_data: ENV.fetch('WORKOS_SEALED_SESSION'),
  cookie_password: ENV.fetch('WORKOS_COOKIE_PASSWORD')
)
before = session.authenticate

WorkOS::UserManagement.revoke_session(session_id: before[:session_id])

after = session.refresh
puts "renewed: #{after[:authenticated]}"

# Output:
# renewed: false
