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
  puts "#{e.http_status} #{e.code}"
  puts "verification: #{e.data['email_verification_id']}"
  puts "send back: #{e.data['pending_authentication_token']}"
end

# Output:
# 403 email_verification_required
# verification: email_verification_01JP0R7C3K9M2T5X8V1B4N6QWE
# send back: pat_01JJWA8QK2M4X7B9C5E3F6G1HT
