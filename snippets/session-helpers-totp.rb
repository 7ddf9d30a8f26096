require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
# #endregion

begin
  WorkOS::UserManagement.authenticate_with_password(
    client_id: ENV.fetch('WORKOS_CLIENT_ID'),
    # A user of the emulator with a second factor.
    email: 'fay@example.com',
    password: 'six digits more'
  )
rescue WorkOS::ForbiddenRequestError => e
  puts "#{e.code} #{e.data['authentication_factors'][0]['type']}"
  signed_in = WorkOS::UserManagement.authenticate_with_totp(
    client_id: ENV.fetch('WORKOS_CLIENT_ID'),
    # What the user types. The emulator accepts this code.
    code: '123456',
    # From the request that challenges the factor.
    authentication_challenge_id: 'auth_challenge_01JP0R4VQ9V0M8B7Y3H1K2D5TA',
    pending_authentication_token: e.data['pending_authentication_token']
  )
  puts "signed in: #{signed_in.user.email}"
end

# Output:
# mfa_challenge totp
# signed in: fay@example.com
