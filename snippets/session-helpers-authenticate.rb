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

result = session.authenticate

if result[:authenticated]
  puts "#{result[:user][:first_name]} is signed in as #{result[:role]}"
  puts "permissions: #{result[:permissions].join(', ')}"
else
  puts "not signed in: #{result[:reason]}"
end

# Output:
# Ada is signed in as admin
# permissions: posts:read, posts:write, members:manage
