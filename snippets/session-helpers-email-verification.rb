require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
# #endregion

begin
  WorkOS::UserManagement.authenticate_with_password(
    client_id: ENV.fetch('WORKOS_CLIENT_ID'),
    # A user of the emulator whose email address is not verified.
    email: 'dana@example.com',
    password: 'letters by post'
  )
rescue WorkOS::ForbiddenRequestError => e
  puts e.code
  signed_in = WorkOS::UserManagement.authenticate_with_email_verification(
    client_id: ENV.fetch('WORKOS_CLIENT_ID'),
    # What the user types. The emulator accepts this code.
    code: '123456',
    pending_authentication_token: e.data['pending_authentication_token']
  )
  puts "signed in: #{signed_in.user.email}"
end

# Output:
# email_verification_required
# signed in: dana@example.com
