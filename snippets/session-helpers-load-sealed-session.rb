require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
# #endregion

session = WorkOS::UserManagement.load_sealed_session(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  # value of the session cookie
  session_data: ENV.fetch('WORKOS_SEALED_SESSION'),
  cookie_password: ENV.fetch('WORKOS_COOKIE_PASSWORD')
)

result = session.authenticate

if result[:authenticated]
  puts "#{result[:user][:email]} is signed in"
else
  puts "not signed in: #{result[:reason]}"
end

# Output:
# ada@example.com is signed in
