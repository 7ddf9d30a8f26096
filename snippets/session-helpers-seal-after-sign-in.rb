require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
cookie_password = ENV.fetch('WORKOS_COOKIE_PASSWORD')
# #endregion

# The API redirects the visitor to your callback, with a code in the URL.
signed_in = WorkOS::UserManagement.authenticate_with_code(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  code: ENV.fetch('WORKOS_AUTHORIZATION_CODE'),
  session: { seal_session: true, cookie_password: }
)

# Set the cookie and redirect the visitor.
headers = {
  'Location' => '/dashboard',
  'Set-Cookie' => "wos-session=#{signed_in.sealed_session}; Secure; HttpOnly"
}

puts "#{signed_in.user.email} signed in"
puts "redirected to #{headers['Location']}"

# Output:
# ada@example.com signed in
# redirected to /dashboard
