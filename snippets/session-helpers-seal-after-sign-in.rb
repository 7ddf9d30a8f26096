require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
  config.client_id = ENV.fetch('WORKOS_CLIENT_ID')
end
cookie_password = ENV.fetch('WORKOS_COOKIE_PASSWORD')
# #endregion

# The API sends the visitor to your callback, with a code in the URL.
signed_in = WorkOS::UserManagement.authenticate_with_code(
  code: ENV.fetch('WORKOS_AUTHORIZATION_CODE'),
  session: { seal_session: true, cookie_password: }
)

# Answer the callback with the cookie, and send the visitor on.
headers = {
  'Location' => '/dashboard',
  'Set-Cookie' => "wos-session=#{signed_in[:sealed_session]}; Secure; HttpOnly"
}

puts "#{signed_in[:user][:email]} signed in"
puts "and goes on to #{headers['Location']}"

# Output:
# ada@example.com signed in
# and goes on to /dashboard
