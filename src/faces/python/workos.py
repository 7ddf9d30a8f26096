"""The session helpers for Python: a thin wrapper around the TypeScript implementation.

    from workos import WorkOSClient

    workos = WorkOSClient(api_key="sk_…", client_id="client_…")
    session = workos.user_management.load_sealed_session(sealed_session=cookie, cookie_password=password)
    result = session.authenticate()

Names, parameters and results are those of the package "workos" 5.x.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from enum import Enum
from types import SimpleNamespace
from typing import Any

import _package
from pyodide.ffi import run_sync


class BaseRequestException(Exception):
    """An error.

    If the API refused the call, `code` is its own code and `response_json` is its answer, which can contain secrets: do not
    log it. Otherwise `code` is from the error catalogue.
    """

    def __init__(
        self,
        message: str,
        code: str | None = None,
        status: int | None = None,
        request_id: str | None = None,
        api_code: str | None = None,
        data: dict[str, Any] | None = None,
        **_others: Any,
    ):
        super().__init__(message)
        self.message = message
        self.code = api_code or code
        self.request_id = request_id
        self.response = SimpleNamespace(status_code=status)
        self.response_json = data or {}


class AuthenticateWithSessionCookieFailureReason(str, Enum):
    INVALID_JWT = "invalid_jwt"
    INVALID_SESSION_COOKIE = "invalid_session_cookie"
    NO_SESSION_COOKIE_PROVIDED = "no_session_cookie_provided"


class AuthorizationException(BaseRequestException):
    """The API answered 403: `response_json` contains what the next step needs."""


class EmailVerificationRequiredException(AuthorizationException):
    """The email address must be verified first."""

    @property
    def email_verification_id(self) -> str | None:
        return self.response_json.get("email_verification_id")


@dataclass(frozen=True)
class User:
    object: str
    id: str
    email: str
    email_verified: bool
    created_at: str
    updated_at: str
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    profile_picture_url: str | None = None
    last_sign_in_at: str | None = None
    locale: str | None = None
    external_id: str | None = None
    metadata: dict[str, str] | None = None


@dataclass(frozen=True)
class Impersonator:
    email: str
    reason: str | None = None


@dataclass(frozen=True)
class SessionResult:
    """Fields that all results of a session share. Fields that do not apply are None."""

    authenticated: bool
    reason: str | None = None
    session_id: str | None = None
    organization_id: str | None = None
    role: str | None = None
    roles: list[str] | None = None
    permissions: list[str] | None = None
    entitlements: list[str] | None = None
    feature_flags: list[str] | None = None
    user: User | None = None
    impersonator: Impersonator | None = None


@dataclass(frozen=True)
class AuthenticateResult(SessionResult):
    """Who is signed in, or the reason why nobody is."""


@dataclass(frozen=True)
class RefreshResult(SessionResult):
    """The new session and its cookie, or the reason why there is none."""

    sealed_session: str | None = None


@dataclass(frozen=True)
class AuthenticationResponse:
    """A sign-in; with `session={"seal_session": True, "cookie_password": …}` it includes the cookie."""

    user: User
    access_token: str
    refresh_token: str
    organization_id: str | None = None
    authentication_method: str | None = None
    impersonator: Impersonator | None = None
    oauth_tokens: dict[str, Any] | None = None
    sealed_session: str | None = None


class Session:
    """A sealed session; made by `load_sealed_session`."""

    def __init__(self, handle: int):
        self._handle = handle

    def authenticate(self) -> AuthenticateResult:
        """Open the cookie and verify its access token. Raises BaseRequestException if the keys are unreachable."""
        return _build(AuthenticateResult, _call(self._handle, "authenticate"))

    def refresh(self, *, cookie_password: str | None = None, organization_id: str | None = None) -> RefreshResult:
        """Exchange the refresh token for a new session. Raises BaseRequestException if the settings are wrong.

        In the package, `cookie_password` also unseals the loaded session.
        """
        given = {"cookie_password": cookie_password, "organization_id": organization_id}
        return _build(RefreshResult, _call(self._handle, "refresh", given))

    def get_logout_url(self, *, return_to: str | None = None) -> str:
        """The URL that ends the session, even if it has expired, for which the package raises an error."""
        return _call(self._handle, "get_logout_url", {"return_to": return_to})


class UserManagement:
    """Sessions and signing in."""

    def __init__(self, handle: int):
        self._handle = handle

    def load_sealed_session(self, *, sealed_session: str | None, cookie_password: str) -> Session:
        """The session in a cookie, which is not opened yet. The package only takes a Fernet key as the password."""
        given = {"session_data": sealed_session, "cookie_password": cookie_password}
        return Session(_call(self._handle, "load_sealed_session", given))

    def authenticate_with_code(
        self,
        *,
        code: str,
        code_verifier: str | None = None,
        invitation_token: str | None = None,
        session: dict[str, Any] | None = None,
        ip_address: str | None = None,
        user_agent: str | None = None,
    ) -> AuthenticationResponse:
        """Sign in with the code from the AuthKit callback."""
        given = {key: value for key, value in locals().items() if key != "self"}
        return _build(AuthenticationResponse, _call(self._handle, "authenticate_with_code", given))

    def authenticate_with_password(
        self,
        *,
        email: str,
        password: str,
        ip_address: str | None = None,
        user_agent: str | None = None,
    ) -> AuthenticationResponse:
        """Sign in with an email address and a password. The package cannot seal the result."""
        given = {key: value for key, value in locals().items() if key != "self"}
        return _build(AuthenticationResponse, _call(self._handle, "authenticate_with_password", given))

    def authenticate_with_refresh_token(
        self,
        *,
        refresh_token: str,
        organization_id: str | None = None,
        session: dict[str, Any] | None = None,
        ip_address: str | None = None,
        user_agent: str | None = None,
    ) -> AuthenticationResponse:
        """A new session for a refresh token."""
        given = {key: value for key, value in locals().items() if key != "self"}
        return _build(AuthenticationResponse, _call(self._handle, "authenticate_with_refresh_token", given))

    def authenticate_with_magic_auth(
        self,
        *,
        code: str,
        email: str,
        link_authorization_code: str | None = None,
        ip_address: str | None = None,
        user_agent: str | None = None,
    ) -> AuthenticationResponse:
        """Sign in with the code from an email."""
        given = {key: value for key, value in locals().items() if key != "self"}
        return _build(AuthenticationResponse, _call(self._handle, "authenticate_with_magic_auth", given))

    def authenticate_with_email_verification(
        self,
        *,
        code: str,
        pending_authentication_token: str,
        ip_address: str | None = None,
        user_agent: str | None = None,
    ) -> AuthenticationResponse:
        """Finish a sign-in that requires a verified email address."""
        given = {key: value for key, value in locals().items() if key != "self"}
        return _build(AuthenticationResponse, _call(self._handle, "authenticate_with_email_verification", given))

    def authenticate_with_organization_selection(
        self,
        *,
        organization_id: str,
        pending_authentication_token: str,
        ip_address: str | None = None,
        user_agent: str | None = None,
    ) -> AuthenticationResponse:
        """Finish a sign-in for which the user must choose an organization."""
        given = {key: value for key, value in locals().items() if key != "self"}
        return _build(AuthenticationResponse, _call(self._handle, "authenticate_with_organization_selection", given))

    def authenticate_with_totp(
        self,
        *,
        code: str,
        authentication_challenge_id: str,
        pending_authentication_token: str,
        ip_address: str | None = None,
        user_agent: str | None = None,
    ) -> AuthenticationResponse:
        """Finish a sign-in that requires the code of an authenticator app."""
        given = {key: value for key, value in locals().items() if key != "self"}
        return _build(AuthenticationResponse, _call(self._handle, "authenticate_with_totp", given))

    def get_authorization_url(
        self,
        *,
        redirect_uri: str,
        provider: str | None = None,
        connection_id: str | None = None,
        organization_id: str | None = None,
        state: str | None = None,
        code_challenge: str | None = None,
        domain_hint: str | None = None,
        login_hint: str | None = None,
        prompt: str | None = None,
        screen_hint: str | None = None,
        provider_scopes: list[str] | None = None,
    ) -> str:
        """The URL of AuthKit's sign-in page, or of a provider."""
        given = {key: value for key, value in locals().items() if key != "self"}
        if code_challenge is not None:
            given["code_challenge_method"] = "S256"
        return _call(self._handle, "get_authorization_url", given)

    def revoke_session(self, *, session_id: str) -> None:
        """End a session from your server."""
        _call(self._handle, "revoke_session", {"session_id": session_id})


class WorkOSClient:
    """The client. The API host is read from the environment, as in TypeScript."""

    def __init__(self, *, api_key: str | None = None, client_id: str | None = None):
        given = {"api_key": api_key, "client_id": client_id}
        self.user_management = UserManagement(_answer(_package.create(_json(given))))


def _call(handle: int, method: str, given: dict[str, Any] | None = None) -> Any:
    answered = _package.call(handle, method, _json(given or {}))
    return _answer(answered if isinstance(answered, str) else run_sync(answered))


def _json(given: dict[str, Any]) -> str:
    return json.dumps({key: value for key, value in given.items() if value is not None})


def _answer(text: str) -> Any:
    answer = json.loads(text)
    if "error" in answer:
        raise _build_error(answer["error"])
    return answer.get("value")


def _build_error(error: dict[str, Any]) -> BaseRequestException:
    if error.get("status") != 403:
        return BaseRequestException(**error)
    requires_email = error.get("api_code") == "email_verification_required"
    return (EmailVerificationRequiredException if requires_email else AuthorizationException)(**error)


def _build(kind: Any, values: dict[str, Any]) -> Any:
    known = {each.name for each in fields(kind)}
    given = {key: value for key, value in values.items() if key in known}
    for key, part in (("user", User), ("impersonator", Impersonator)):
        if isinstance(given.get(key), dict) and kind is not part:
            given[key] = _build(part, given[key])
    reasons = [each.value for each in AuthenticateWithSessionCookieFailureReason]
    if given.get("reason") in reasons:
        given["reason"] = AuthenticateWithSessionCookieFailureReason(given["reason"])
    return kind(**given)
