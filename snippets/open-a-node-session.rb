# @native jwt
# Open a session that a Node server sealed, and find out who is signed in.

require 'json'
require 'jwt'
require 'net/http'
require 'openssl'

# The cookie contains no valid session; the message is the reason.
class InvalidSession < StandardError; end

# Opens seals of @hapi/iron.
module Seal
  # Fe26.2*id*salt*iv*ciphertext*expiration*MAC salt*MAC~version
  FORMAT = /
    \A(?<base>Fe26\.2\*\w{0,64}\*(?<salt>[0-9a-f]{64})\*(?<iv>[\w-]{22})
    \*(?<ciphertext>[\w-]+)\*(?<expiration>(?:[1-9]\d{0,15})?))
    \*(?<mac_salt>[0-9a-f]{64})\*(?<mac>[\w-]{43})(?:~(?<version>\d+))?\z
  /x
  # Longer cookies are rejected before any computation.
  CHARACTERS_MAX = 65_536

  class << self
    # The payload of a seal. Raises InvalidSession for anything else.
    def open(seal, password)
      raise ArgumentError, 'the password is too short' if password.size < 32

      parts = FORMAT.match(seal) if seal.size <= CHARACTERS_MAX
      # Check the MAC first, so that only our own seals are decrypted.
      unless parts && ours?(parts, password) && !expired?(parts)
        raise InvalidSession, 'invalid_session_cookie'
      end

      payload = JSON.parse(decrypt(parts, password))
      return payload unless parts[:version] == '1' && payload.is_a?(Hash)

      payload.fetch('persistent', payload)
    rescue OpenSSL::Cipher::CipherError, JSON::ParserError
      raise InvalidSession, 'invalid_session_cookie'
    end

    private

    # The salt is used as its hex text.
    # A password of 32 random characters needs only one iteration.
    def derive_key(password, salt)
      strength = { iterations: 1, length: 32, hash: 'sha1' }
      OpenSSL::KDF.pbkdf2_hmac(password, salt:, **strength)
    end

    def decode(text)
      text.tr('-_', '+/').unpack1('m')
    end

    def ours?(parts, password)
      key = derive_key(password, parts[:mac_salt])
      mac = OpenSSL::HMAC.digest('sha256', key, parts[:base])
      given = decode(parts[:mac])
      mac.size == given.size && OpenSSL.fixed_length_secure_compare(mac, given)
    end

    def expired?(parts)
      expiration = parts[:expiration]
      !expiration.empty? && expiration.to_i <= Time.now.to_f * 1000
    end

    def decrypt(parts, password)
      cipher = OpenSSL::Cipher.new('aes-256-cbc').decrypt
      cipher.key = derive_key(password, parts[:salt])
      cipher.iv = decode(parts[:iv])
      cipher.update(decode(parts[:ciphertext])) + cipher.final
    end
  end
end

# The user and the claims of the access token, which `keys` verify.
def authenticate(seal, password, keys)
  payload = Seal.open(seal, password)
  token = payload['accessToken'] if payload.is_a?(Hash)
  raise InvalidSession, 'invalid_session_cookie' unless token

  rules = { algorithms: ['RS256'], jwks: keys, required_claims: %w[exp sid] }
  claims, = JWT.decode(token, nil, true, rules)
  [payload['user'], claims]
rescue JWT::DecodeError
  raise InvalidSession, 'invalid_jwt'
end

if $PROGRAM_NAME == __FILE__
  scheme = ENV['WORKOS_API_HTTPS'] == 'false' ? 'http' : 'https'
  host = ENV.fetch('WORKOS_API_HOSTNAME', 'api.workos.com')
  port = ENV.fetch('WORKOS_API_PORT', scheme == 'https' ? '443' : '80')
  path = "/sso/jwks/#{ENV.fetch('WORKOS_CLIENT_ID')}"
  address = URI("#{scheme}://#{host}:#{port}#{path}")

  # Caches the keys, and fetches them again for an unknown key.
  kept = nil
  keys = lambda do |options|
    kept = nil if options[:kid_not_found]
    kept ||= Net::HTTP.get_response(address).then do |response|
      # Raises if the keys are unavailable: sign nobody out.
      response.value
      JSON.parse(response.body, symbolize_names: true)
    end
  end

  password = ENV.fetch('WORKOS_COOKIE_PASSWORD')
  cookie = ENV.fetch('WORKOS_SEALED_SESSION')
  [cookie, cookie.sub('~2', 'x~2')].each do |seal|
    user, claims = authenticate(seal, password, keys)
    puts "#{user['email']} is signed in as #{claims['role']}"
  rescue InvalidSession => e
    puts "not signed in: #{e.message}"
  end
end

# Output:
# ada@example.com is signed in as admin
# not signed in: invalid_session_cookie
