# @native curl tr grep
scheme=https
[ "$WORKOS_API_HTTPS" = false ] && scheme=http
host=${WORKOS_API_HOSTNAME:-api.workos.com}
host=$host${WORKOS_API_PORT:+:$WORKOS_API_PORT}

curl --silent --fail "$scheme://$host/sso/jwks/$WORKOS_CLIENT_ID" |
  tr ',{}' '\n' | grep -E '"(kty|alg|use)"'

# Output:
# "alg":"RS256"
# "kty":"RSA"
# "use":"sig"
