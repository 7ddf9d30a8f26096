require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
# #endregion

url = WorkOS::UserManagement.authorization_url(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  provider: 'authkit',
  redirect_uri: 'https://example.com/callback',
  state: 'kept-by-you',
  screen_hint: 'sign-up'
)

puts url.include?('/user_management/authorize?')
puts url.include?('state=kept-by-you')

# Output:
# true
# true
