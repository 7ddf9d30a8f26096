require 'workos'

# #region setup
WorkOS.configure do |config|
  config.key = ENV.fetch('WORKOS_API_KEY')
end
# #endregion

sealed = ENV.fetch('WORKOS_SEALED_SESSION')

cookies = {
  'no cookie' => nil,
  'a cookie of another site' => 'theme=dark',
  'a cookie that was changed' => sealed.sub('~2', 'x~2')
}

cookies.each do |name, cookie|
  session = WorkOS::UserManagement.load_sealed_session(
    client_id: ENV.fetch('WORKOS_CLIENT_ID'),
    session_data: cookie,
    cookie_password: ENV.fetch('WORKOS_COOKIE_PASSWORD')
  )
  # The gem returns reasons in capitals.
  puts "#{name}: #{session.authenticate[:reason].downcase}"
end

# Output:
# no cookie: no_session_cookie_provided
# a cookie of another site: invalid_session_cookie
# a cookie that was changed: invalid_session_cookie
