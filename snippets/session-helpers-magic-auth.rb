require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
# #endregion

signed_in = WorkOS::UserManagement.authenticate_with_magic_auth(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  email: 'ben@example.com',
  # What the user types. The emulator accepts this code.
  code: '123456',
  session: {
    seal_session: true,
    cookie_password: ENV.fetch('WORKOS_COOKIE_PASSWORD')
  }
)
puts "#{signed_in.user.email} #{signed_in.authentication_method}"

# Output:
# ben@example.com MagicAuth
