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
# Names, parameters and results are those of the gem "workos" 5.x. Results of sessions are hashes with symbols as keys; what
# does not apply is not in them. What a sign-in returns is an object, as is its user.
# Reasons are those of Node.js; the gem writes them in capitals.

require 'js'
require 'json'

module WorkOS
  # An error. If the API refused the call, `code` is its own code and `data` is its answer, which can contain secrets: do
  # not log it. Otherwise `code` is from the error catalogue.
  class WorkOSError < StandardError
    attr_reader :code, :http_status, :request_id, :data

    def initialize(message:, code: nil, status: nil, request_id: nil, api_code: nil, data: nil, **)
      super(message)
      @code = api_code || code
      @http_status = status
      @request_id = request_id
      @data = JSON.parse(JSON.generate(data || {}))
    end
  end

  # The API answered 403: `data` contains what the next step needs.
  class ForbiddenRequestError < WorkOSError; end

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
      raise (error[:status] == 403 ? ForbiddenRequestError : WorkOSError).new(**error) if error

      answer[:value]
    end
  end

  # What a sign-in returned, with a method for each field. Optional fields are nil if the API did not return them.
  class Response
    OPTIONAL = %i[organization_id authentication_method impersonator oauth_tokens sealed_session].freeze
    # Fields that are objects, too. Other objects, such as metadata, are hashes.
    OBJECTS = %i[user impersonator].freeze

    def initialize(fields)
      @fields = fields.to_h { |name, value| [name, OBJECTS.include?(name) ? Response.new(value) : value] }
    end

    def method_missing(name, *arguments)
      respond_to_missing?(name) && arguments.empty? ? @fields[name] : super
    end

    def respond_to_missing?(name, _include_private = false)
      @fields.key?(name) || OPTIONAL.include?(name)
    end
  end

  # Sessions and signing in.
  module UserManagement
    class << self
      # The session in a cookie, which is not opened yet. The gem requires the client id.
      def load_sealed_session(session_data:, cookie_password:, client_id: nil)
        Session.new(WorkOS.call(WorkOS.client(client_id), :load_sealed_session, session_data:, cookie_password:))
      end

      # Sign in with the code from the AuthKit callback.
      def authenticate_with_code(code:, client_id:, session: nil, ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_code, client_id, code:, session:, ip_address:, user_agent:)
      end

      # Sign in with an email address and a password.
      def authenticate_with_password(email:, password:, client_id:, session: nil, ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_password, client_id, email:, password:, session:, ip_address:, user_agent:)
      end

      # A new session for a refresh token.
      def authenticate_with_refresh_token(refresh_token:, client_id:, organization_id: nil, session: nil,
                                          ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_refresh_token, client_id,
                refresh_token:, organization_id:, session:, ip_address:, user_agent:)
      end

      # Sign in with the code from an email.
      def authenticate_with_magic_auth(code:, email:, client_id:, link_authorization_code: nil, session: nil,
                                       ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_magic_auth, client_id,
                code:, email:, link_authorization_code:, session:, ip_address:, user_agent:)
      end

      # Finish a sign-in that requires a verified email address.
      def authenticate_with_email_verification(code:, client_id:, pending_authentication_token:, session: nil,
                                               ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_email_verification, client_id,
                code:, pending_authentication_token:, session:, ip_address:, user_agent:)
      end

      # Finish a sign-in for which the user must choose an organization.
      def authenticate_with_organization_selection(client_id:, organization_id:, pending_authentication_token:,
                                                   session: nil, ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_organization_selection, client_id,
                organization_id:, pending_authentication_token:, session:, ip_address:, user_agent:)
      end

      # Finish a sign-in that requires the code of an authenticator app.
      def authenticate_with_totp(code:, client_id:, pending_authentication_token:, authentication_challenge_id:,
                                 session: nil, ip_address: nil, user_agent: nil)
        sign_in(:authenticate_with_totp, client_id,
                code:, pending_authentication_token:, authentication_challenge_id:, session:, ip_address:, user_agent:)
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

      def sign_in(method, client_id, **options)
        Response.new(WorkOS.call(WorkOS.client(client_id), method, **options))
      end
    end
  end

  # A sealed session; made by `load_sealed_session`.
  class Session
    AUTHENTICATED = %i[authenticated reason session_id organization_id role roles permissions entitlements feature_flags
                       user impersonator].freeze
    REFRESHED = %i[authenticated reason sealed_session session].freeze

    def initialize(handle)
      @handle = handle
    end

    # Opens the cookie and verifies its access token. Raises WorkOS::WorkOSError if the keys are unreachable.
    def authenticate
      WorkOS.call(@handle, :authenticate).slice(*AUTHENTICATED)
    end

    # Exchanges the refresh token for a new session. Raises WorkOS::WorkOSError if the settings are wrong.
    # In the gem, `cookie_password` also unseals the loaded session.
    def refresh(cookie_password: nil, organization_id: nil)
      result = WorkOS.call(@handle, :refresh, cookie_password:, organization_id:).slice(*REFRESHED)
      result[:session] &&= Response.new(result[:session])
      result
    end

    # The URL that ends the session, even if it has expired, for which the gem raises an error.
    def get_logout_url(return_to: nil)
      WorkOS.call(@handle, :get_logout_url, return_to:)
    end
  end
end
