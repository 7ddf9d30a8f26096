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

result = session.refresh
headers = {}
attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax'

if result[:authenticated]
  value = result[:sealed_session]
  headers['Set-Cookie'] = "wos-session=#{value}; #{attributes}"
  present = session.authenticate
  puts "#{present[:user][:email]} stays signed in as #{present[:role]}"
else
  # The gem does not say whether the API refused or could not answer.
  headers['Set-Cookie'] = 'wos-session=; Path=/; Max-Age=0'
  puts "clear the cookie, sign in again: #{result[:reason]}"
end

puts "cookies in the response: #{headers.size}"

# Output:
# ada@example.com stays signed in as admin
# cookies in the response: 1
