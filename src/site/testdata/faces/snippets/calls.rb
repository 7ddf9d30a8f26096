require 'json'
require 'workos'

# The documented fields of each object, by the name of the field that has it.
FIELDS = JSON.parse(ENV.fetch('FIELDS_RUBY'), symbolize_names: true)

def shown(value, name = :response)
  case value
  when WorkOS::Response
    fields = FIELDS.fetch(name).map(&:to_sym)
    { is: 'WorkOS::Response', **fields.to_h { |field| [field, shown(value.public_send(field), field)] } }
  when Hash then value.to_h { |key, each| [key.is_a?(Symbol) ? ":#{key}" : key, shown(each, key)] }
  else value
  end
end

def failed(error)
  {
    raised: error.class.ancestors.map(&:name).grep(/\AWorkOS::/), message: error.message, code: error.code,
    status: error.http_status, request_id: error.request_id, data: shown(error.data)
  }
end

def run(step)
  WorkOS.configure { |config| config.key = step[:client][:api_key] }
  receiver = WorkOS::UserManagement
  receiver = receiver.load_sealed_session(session_data: nil, **step[:session]) if step[:session]
  step[:calls].map { |method, given| shown(receiver.public_send(method, **given)) }
rescue WorkOS::WorkOSError => e
  failed(e)
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

JSON.parse(ENV.fetch('PLAN_RUBY'), symbolize_names: true).each { |step| puts JSON.generate([run(step)]) }
