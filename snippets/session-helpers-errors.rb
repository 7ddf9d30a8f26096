require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
  config.client_id = ENV.fetch('WORKOS_CLIENT_ID')
end
# #endregion

# A visitor without a valid session: the reason is returned.
nobody = WorkOS::UserManagement.load_sealed_session(
  session_data: nil,
  cookie_password: ENV.fetch('WORKOS_COOKIE_PASSWORD')
)
puts "returned: #{nobody.authenticate[:reason]}"

# A mistake in your code or settings: an error is raised.
begin
  WorkOS::UserManagement.load_sealed_session(
    session_data: ENV.fetch('WORKOS_SEALED_SESSION'),
    cookie_password: 'too short'
  )
rescue WorkOS::Error => e
  puts "thrown: #{e.code}"
  puts e.message
  puts e.remedy
end

# Output:
# returned: no_session_cookie_provided
# thrown: short_cookie_password
# Cannot load sealed session: "cookiePassword" (WORKOS_COOKIE_PASSWORD) has 9 characters, expected at least 32
# Generate one with "openssl rand -base64 32", and set it as WORKOS_COOKIE_PASSWORD.
