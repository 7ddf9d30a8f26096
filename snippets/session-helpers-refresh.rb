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
  puts "#{result[:user][:email]} stays signed in as #{result[:role]}"
elsif result[:retryable]
  # The API could not answer: the session is still valid.
  puts "keep the cookie, try again later: #{result[:reason]}"
else
  headers['Set-Cookie'] = 'wos-session=; Path=/; Max-Age=0'
  puts "clear the cookie, sign in again: #{result[:reason]}"
end

puts "cookies in the response: #{headers.size}"

# Output:
# ada@example.com stays signed in as admin
# cookies in the response: 1
