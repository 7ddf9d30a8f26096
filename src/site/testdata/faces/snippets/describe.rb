require 'json'
require 'workos'

def parameters(method)
  method.parameters.to_h { |kind, name| [name, kind != :keyreq] }
end

WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
session = WorkOS::UserManagement.load_sealed_session(
  client_id: ENV.fetch('WORKOS_CLIENT_ID'),
  session_data: ENV.fetch('WORKOS_SEALED_SESSION'), cookie_password: ENV.fetch('WORKOS_COOKIE_PASSWORD')
)
of_module = WorkOS::UserManagement.singleton_methods(false).to_h { |name| [name, parameters(WorkOS::UserManagement.method(name))] }
of_session = WorkOS::Session.instance_methods(false).to_h { |name| [name, parameters(session.method(name))] }
authenticated = session.authenticate
puts JSON.generate(
  methods: of_module.merge(of_session),
  fields: { load_sealed_session: WorkOS::Session.instance_methods(false) },
  runs: { authenticate: authenticated.keys, user: authenticated[:user].keys, refresh: session.refresh.keys }
)
