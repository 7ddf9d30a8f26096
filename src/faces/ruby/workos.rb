# frozen_string_literal: true

# The session helpers for Ruby: a thin wrapper around the TypeScript implementation.
#
#   WorkOS.configure do |config|
#     config.key = 'sk_…'
#   end
#   session = WorkOS::UserManagement.load_sealed_session(
#     client_id: 'client_…', session_data: cookie, cookie_password: password
#   )
#   result = session.authenticate
#
# Names are those of the gem "workos" 5.x. Results of sessions are hashes with symbols as keys; what does not apply is not
# in them. What a sign-in returns is an object, as is its user.
# Times in claims are in seconds since 1970, expires_at is in milliseconds.

require 'js'
require 'json'

module WorkOS
  # An error; `code` is from the error catalogue, `remedy` says what to do. If the API refused the call, `api_code` is its
  # own code and `data` is its answer, which can contain secrets: do not log it.
  class Error < StandardError
    attr_reader :code, :remedy, :http_status, :request_id, :api_code, :data

    def initialize(message:, code: nil, remedy: nil, status: nil, request_id: nil, api_code: nil, data: nil)
      super(message)
      @code = code
      @remedy = remedy
      @http_status = status
      @request_id = request_id
      @api_code = api_code
      @data = JSON.parse(JSON.generate(data || {}))
    end
  end

  # The API answered 403: `data` contains what the next step needs.
  class ForbiddenRequestError < Error; end

  # The API key. The API host is read from the environment, as in TypeScript.
  Configuration = Struct.new(:key)

  class << self
    def configuration
      @configuration ||= Configuration.new
    end

    def configure
      yield configuration
      @clients = nil
    end

    # Handle of the client with this configuration; without a client id, that of the environment.
    def client(client_id = nil)
      @clients ||= {}
      @clients[client_id] ||= answer(bridge.call(:create, given(api_key: configuration.key, client_id:)))
    end

    def call(handle, method, **options)
      answered = bridge.call(:call, handle, method.to_s, given(**options))
      answer(answered.typeof == 'object' ? answered.await : answered)
    end

    private

    def bridge
      JS.global[:packageBridge]
    end

    def given(**options)
      JSON.generate(options.compact)
    end

    def answer(text)
      answer = JSON.parse(text.to_s, symbolize_names: true)
      error = answer[:error]
      raise (error[:status] == 403 ? ForbiddenRequestError : Error).new(**error) if error

      answer[:value]
    end
  end

  # What a sign-in returned, with a method for each field. Optional fields are nil if the API did not return them.
  class Response
    OPTIONAL = %i[organization_id authentication_method impersonator oauth_tokens sealed_session cookie_bytes].freeze

    def initialize(fields)
      @fields = fields.transform_values { |value| value.is_a?(Hash) ? Response.new(value) : value }
    end

    def method_missing(name, *arguments)
      respond_to_missing?(name) && arguments.empty? ? @fields[name] : super
    end

    def respond_to_missing?(name, _include_private = false)
      @fields.key?(name) || OPTIONAL.include?(name)
    end
  end

  # Sessions and signing in. The gem requires the client id, and so do the examples; here the environment's is the default.
  module UserManagement
    class << self
      # The session in a cookie, which is not opened yet.
      def load_sealed_session(session_data:, cookie_password:, client_id: nil)
        Session.new(WorkOS.call(WorkOS.client(client_id), :load_sealed_session, session_data:, cookie_password:))
      end

      # Sign in with the code from the AuthKit callback.
      def authenticate_with_code(code:, client_id: nil, code_verifier: nil, invitation_token: nil, session: nil,
                                 ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_code,
                code:, client_id:, code_verifier:, invitation_token:, session:, ip_address:, user_agent:)
      end

      # Sign in with an email address and a password.
      def authenticate_with_password(email:, password:, client_id: nil, invitation_token: nil, session: nil,
                                     ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_password,
                email:, password:, client_id:, invitation_token:, session:, ip_address:, user_agent:)
      end

      # A new session for a refresh token.
      def authenticate_with_refresh_token(refresh_token:, client_id: nil, organization_id: nil, session: nil,
                                          ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_refresh_token,
                refresh_token:, client_id:, organization_id:, session:, ip_address:, user_agent:)
      end

      # Sign in with the code from an email.
      def authenticate_with_magic_auth(code:, email:, invitation_token: nil, link_authorization_code: nil, session: nil,
                                       client_id: nil, ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_magic_auth,
                code:, email:, invitation_token:, link_authorization_code:, session:, client_id:, ip_address:,
                user_agent:)
      end

      # Finish a sign-in that requires a verified email address.
      def authenticate_with_email_verification(code:, pending_authentication_token:, session: nil, client_id: nil,
                                               ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_email_verification,
                code:, pending_authentication_token:, session:, client_id:, ip_address:, user_agent:)
      end

      # Finish a sign-in for which the user must choose an organization.
      def authenticate_with_organization_selection(organization_id:, pending_authentication_token:, session: nil,
                                                   client_id: nil, ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_organization_selection,
                organization_id:, pending_authentication_token:, session:, client_id:, ip_address:, user_agent:)
      end

      # Finish a sign-in that requires the code of an authenticator app.
      def authenticate_with_totp(code:, authentication_challenge_id:, pending_authentication_token:, session: nil,
                                 client_id: nil, ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_totp,
                code:, authentication_challenge_id:, pending_authentication_token:, session:, client_id:,
                ip_address:, user_agent:)
      end

      # The URL of AuthKit's sign-in page, or of a provider.
      def authorization_url(redirect_uri:, client_id: nil, provider: nil, connection_id: nil, organization_id: nil,
                            state: nil, domain_hint: nil, login_hint: nil, screen_hint: nil, provider_scopes: nil)
        WorkOS.call(WorkOS.client(client_id), :get_authorization_url,
                    redirect_uri:, provider:, connection_id:, organization_id:, state:, domain_hint:,
                    login_hint:, screen_hint:, provider_scopes:)
      end

      # End a session from your server.
      def revoke_session(session_id:)
        WorkOS.call(WorkOS.client, :revoke_session, session_id:)
      end

      private

      def sign_in(method, client_id: nil, **options)
        Response.new(WorkOS.call(WorkOS.client(client_id), method, **options))
      end
    end
  end

  # A sealed session; made by `load_sealed_session`.
  class Session
    def initialize(handle)
      @handle = handle
    end

    # Opens the cookie and verifies its access token. Raises WorkOS::Error if the keys are unreachable.
    def authenticate
      WorkOS.call(@handle, :authenticate)
    end

    # Exchanges the refresh token for a new session. Raises WorkOS::Error if the settings are wrong.
    def refresh(cookie_password: nil, organization_id: nil)
      WorkOS.call(@handle, :refresh, cookie_password:, organization_id:)
    end

    # The URL that ends the session, even if it has expired.
    def get_logout_url(return_to: nil)
      WorkOS.call(@handle, :get_logout_url, return_to:)
    end
  end
end
