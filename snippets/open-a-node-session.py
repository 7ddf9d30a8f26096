# @native cryptography jwt
"""Open a session that a Node server sealed, and find out who is signed in."""

import base64
import hashlib
import hmac
import json
import os
import re
import time

import jwt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

# Fe26.2*id*salt*iv*ciphertext*expiration*MAC salt*MAC~version
SEAL = re.compile(
    r"(Fe26\.2\*\w{0,64}\*(?P<salt>[0-9a-f]{64})\*(?P<iv>[\w-]{22})"
    r"\*(?P<ciphertext>[\w-]+)\*(?P<expiration>(?:[1-9]\d{0,15})?))"
    r"\*(?P<mac_salt>[0-9a-f]{64})\*(?P<mac>[\w-]{43})(?:~(?P<version>\d+))?",
    re.ASCII,
)
# Longer cookies are rejected before any computation.
SEAL_CHARACTERS_MAX = 65_536


class InvalidSession(Exception):
    """The cookie contains no valid session; the message is the reason."""


def derive_key(password, salt):
    # The salt is used as its hex text; 32 random characters need one iteration.
    return hashlib.pbkdf2_hmac("sha1", password.encode(), salt.encode(), 1, 32)


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def unseal(seal, password):
    """The payload of a seal. Raises InvalidSession for anything else."""
    if len(password) < 32:
        raise ValueError("Cannot open a session: the password is too short")
    fits = len(seal) <= SEAL_CHARACTERS_MAX
    parts = SEAL.fullmatch(seal) if fits else None
    if not parts:
        raise InvalidSession("invalid_session_cookie")
    # Check the MAC first, so that only our own seals are decrypted.
    key = derive_key(password, parts["mac_salt"])
    mac = hmac.digest(key, parts[1].encode(), "sha256")
    if not hmac.compare_digest(mac, decode(parts["mac"])):
        raise InvalidSession("invalid_session_cookie")
    if parts["expiration"] and int(parts["expiration"]) <= time.time() * 1000:
        raise InvalidSession("invalid_session_cookie")
    try:
        key = derive_key(password, parts["salt"])
        mode = modes.CBC(decode(parts["iv"]))
        decryptor = Cipher(algorithms.AES(key), mode).decryptor()
        padded = decryptor.update(decode(parts["ciphertext"]))
        unpadder = PKCS7(128).unpadder()
        text = unpadder.update(padded + decryptor.finalize())
        payload = json.loads(text + unpadder.finalize())
    except ValueError:
        raise InvalidSession("invalid_session_cookie") from None
    if parts["version"] == "1" and isinstance(payload, dict):
        payload = payload.get("persistent", payload)
    return payload


def authenticate(seal, password, keys):
    """The user and the claims of the access token, which `keys` verify."""
    payload = unseal(seal, password)
    if not isinstance(payload, dict) or "accessToken" not in payload:
        raise InvalidSession("invalid_session_cookie")
    token = payload["accessToken"]
    try:
        claims = jwt.decode(
            token,
            keys.get_signing_key_from_jwt(token).key,
            algorithms=["RS256"],
            options={"require": ["exp", "sid"]},
        )
    except jwt.PyJWKClientConnectionError:
        raise  # The keys are unreachable: sign nobody out.
    except jwt.PyJWTError:
        raise InvalidSession("invalid_jwt") from None
    return payload["user"], claims


def main():
    scheme = "http" if os.getenv("WORKOS_API_HTTPS") == "false" else "https"
    host = os.getenv("WORKOS_API_HOSTNAME", "api.workos.com")
    port = os.getenv("WORKOS_API_PORT", "443" if scheme == "https" else "80")
    client_id = os.environ["WORKOS_CLIENT_ID"]
    # Caches the keys, and fetches them again for an unknown key.
    keys = jwt.PyJWKClient(f"{scheme}://{host}:{port}/sso/jwks/{client_id}")

    password = os.environ["WORKOS_COOKIE_PASSWORD"]
    cookie = os.environ["WORKOS_SEALED_SESSION"]
    for seal in (cookie, cookie.replace("~2", "x~2")):
        try:
            user, claims = authenticate(seal, password, keys)
            print(f"{user['email']} is signed in as {claims['role']}")
        except InvalidSession as reason:
            print(f"not signed in: {reason}")


if __name__ == "__main__":
    main()

# Output:
# ada@example.com is signed in as admin
# not signed in: invalid_session_cookie
