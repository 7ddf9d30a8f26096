require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
cookie_password = ENV.fetch('WORKOS_COOKIE_PASSWORD')
# #endregion

signed_in = WorkOS::UserManagement.authenticate_with_password(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  email: 'ada@example.com',
  password: 'orchards in may',
  session: { seal_session: true, cookie_password: }
)

# The next request contains the cookie.
session = WorkOS::UserManagement.load_sealed_session(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  session_data: signed_in.sealed_session,
  cookie_password:
)
result = session.authenticate

if result[:authenticated]
  puts "#{result[:user][:email]}, by #{signed_in.authentication_method}"
end

# Output:
# ada@example.com, by Password
