require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
# #endregion

begin
  WorkOS::UserManagement.authenticate_with_password(
    client_id: ENV.fetch('WORKOS_CLIENT_ID'),
    # A user of the emulator who has to choose an organization.
    email: 'eli@example.com',
    password: 'one of two doors'
  )
rescue WorkOS::ForbiddenRequestError => e
  puts e.code
  organizations = e.data['organizations']
  organizations.each { |organization| puts "- #{organization['name']}" }

  # The user chooses the second one.
  chosen = organizations[1]['id']
  signed_in = WorkOS::UserManagement.authenticate_with_organization_selection(
    client_id: ENV.fetch('WORKOS_CLIENT_ID'),
    organization_id: chosen,
    pending_authentication_token: e.data['pending_authentication_token']
  )
  puts "signed in to it: #{signed_in.organization_id == chosen}"
end

# Output:
# organization_selection_required
# - Orchard Robotics
# - Harbour Library
# signed in to it: true
