require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
  config.client_id = ENV.fetch('WORKOS_CLIENT_ID')
end
# #endregion

# The API sends the visitor to your callback, with a code in the URL.
signed_in = WorkOS::UserManagement.authenticate_with_code(
  code: ENV.fetch('WORKOS_AUTHORIZATION_CODE'),
  session: { seal_session: true, cookie_password: ENV.fetch('WORKOS_COOKIE_PASSWORD') }
)

# Answer the callback with the cookie, and send the visitor on.
headers = {
  'Location' => '/dashboard',
  'Set-Cookie' => "wos-session=#{signed_in[:sealed_session]}; Path=/; Secure; HttpOnly; SameSite=Lax"
}

puts "#{signed_in[:user][:email]} signed in"
puts "cookies in the response: #{headers.count { |name, _| name == 'Set-Cookie' }}"

# Output:
# ada@example.com signed in
# cookies in the response: 1
