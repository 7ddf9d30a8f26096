require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
cookie_password = ENV.fetch('WORKOS_COOKIE_PASSWORD')
signed_in = WorkOS::UserManagement.authenticate_with_code(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  code: ENV.fetch('WORKOS_AUTHORIZATION_CODE')
)
# #endregion

renewed = WorkOS::UserManagement.authenticate_with_refresh_token(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  refresh_token: signed_in.refresh_token,
  session: { seal_session: true, cookie_password: }
)

# A refresh token works once: keep the new one.
if renewed.refresh_token != signed_in.refresh_token
  puts "#{renewed.user.email} has a new refresh token"
end

session = WorkOS::UserManagement.load_sealed_session(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  session_data: renewed.sealed_session,
  cookie_password:
)
result = session.authenticate
puts 'and a cookie that opens' if result[:authenticated]

# Output:
# ada@example.com has a new refresh token
# and a cookie that opens
