# frozen_string_literal: true

# Reads the documented calls from standard input, and exits 1 if the WorkOS gem does not take one of them.
require 'json'
require 'workos'

SINGLETONS = { 'UserManagement' => WorkOS::UserManagement }.freeze
# The entry of load_sealed_session is that of the gem's own reference, which leaves this out. Every snippet passes it.
LEFT_OUT = { 'load_sealed_session' => ['client_id'] }.freeze
CLASSES = { 'session' => WorkOS::Session }.freeze

def method_of(owner, name)
  if SINGLETONS.key?(owner)
    SINGLETONS[owner].method(name)
  else
    CLASSES.fetch(owner).instance_method(name)
  end
rescue NameError
  nil
end

def problems(call)
  found = method_of(call['owner'], call['method'])
  return ['there is no such method'] unless found

  taken = found.parameters
  return [] if taken.any? { |kind, _| kind == :keyrest }

  names = call['parameters'].map { |parameter| parameter['name'] }
  # A hash of options takes any name.
  unknown = taken.any? { |kind, _| kind == :opt } ? [] : names - taken.map { |_, name| name.to_s }
  required = taken.filter_map { |kind, name| name.to_s if kind == :keyreq }
  optional = call['parameters'].select { |parameter| parameter['optional'] }.map { |parameter| parameter['name'] }
  unknown.map { |name| "it takes no #{name}" } +
    (required - names - LEFT_OUT.fetch(call['method'], [])).map { |name| "it requires #{name}, which is not documented" } +
    (required & optional).map { |name| "it requires #{name}, which is documented as optional" }
end

calls = JSON.parse($stdin.read)
abort 'Cannot check calls: none are documented' if calls.empty?
found = calls.flat_map { |call| problems(call).map { |problem| "#{call['owner']}.#{call['method']}: #{problem}" } }
puts found, "#{calls.length} calls, #{found.length} #{found.length == 1 ? 'difference' : 'differences'}"
exit found.empty?
