require 'workos'
require 'uri'

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

url = URI.parse(
  session.get_logout_url(return_to: 'https://example.com/goodbye')
)

puts url.path
URI.decode_www_form(url.query).each do |name, value|
  puts "  #{name}=#{value}"
end

# Output:
# /user_management/sessions/logout
#   session_id=session_…
#   return_to=https://example.com/goodbye
