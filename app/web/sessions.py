"""The signed cookie of a session: verified once, then known by its bytes; the header is asked for a token first."""

from contextlib import suppress
from copy import deepcopy
from datetime import datetime
from functools import lru_cache
from hmac import compare_digest
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect, same_origin
from itsdangerous import BadData, BadSignature, TimestampSigner, URLSafeTimedSerializer

from app import clock
from app.web.asked import asked, opened
from app.web.kept import kept

KNOWN_COOKIES = 2048
TOKEN_HEADER = "HTTP_X_CSRF_TOKEN"  # noqa: S105  a name


class Sessions(SecureCookieSessionInterface):
    """Flask's own, without the work that gives the same for the same cookie.

    Only what was found genuine is remembered; its age is judged anew each time, so that a cookie ends when it has to.
    """

    def __init__(self, app: Flask) -> None:
        serializer = super().get_signing_serializer(app)
        if serializer is None:
            raise RuntimeError("sessions need a secret key")
        self._serializer = serializer
        self._signer: TimestampSigner = serializer.make_signer()  # type: ignore[assignment]
        self._former = [(self._of_key(each.key), each.until) for each in app.extensions["settings"].former_keys]
        self._max_age_s = app.permanent_session_lifetime.total_seconds()
        self._name = self.get_cookie_name(app)
        self._verified = lru_cache(KNOWN_COOKIES)(self._verify)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:  # noqa: ARG002  one key a process
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:  # noqa: ARG002  the name is fixed
        value = request.cookies.get(self._name)
        if not value:
            return self.session_class()
        try:
            content, flat, signed_s, until = self._verified(value)
        except BadSignature:
            return self.session_class()
        # One from the future was signed here before the clock was put back; the row of the session decides.
        if self._signer.get_timestamp() - signed_s > self._max_age_s or (until and clock.now() >= until):
            return self.session_class()
        # What is remembered stays as it was found, whatever the view does with its session.
        opened = self.session_class(dict(content) if flat else deepcopy(content))
        # What a former key has signed is signed anew, so that it outlives that key.
        opened.modified = until is not None
        return opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Most requests change nothing: then only caches are told that the answer depends on the cookie."""
        if not session or session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            # Asked for as a list: one that is not there is mostly the case, and would be an error raised and caught.
            response.headers["Vary"] = ", ".join([*response.headers.getlist("Vary"), "Cookie"])

    def _verify(self, value: str) -> tuple[dict[str, Any], bool, float, datetime | None]:
        """What it holds and whether it is flat, when it was signed, and until when the key that signed it counts."""
        try:
            content, signed_at = self._serializer.loads(value, return_timestamp=True)
            return content, _is_flat(content), signed_at.timestamp(), None
        except BadSignature:
            for serializer, until in self._former:
                with suppress(BadSignature):
                    content, signed_at = serializer.loads(value, return_timestamp=True)
                    return content, _is_flat(content), signed_at.timestamp(), until
            raise

    def _of_key(self, key: str) -> URLSafeTimedSerializer:
        how = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
        return URLSafeTimedSerializer(key, salt=self.salt, serializer=self.serializer, signer_kwargs=how)


def _is_flat(content: dict[str, Any]) -> bool:
    return all(isinstance(each, str | int | float | None) for each in content.values())


class SignIns(LoginManager):  # type: ignore[misc]
    """Nobody is remembered beyond the session, so no answer is looked through for a cookie of that kind."""

    def init_app(self, app: Flask, add_context_processor: bool = True) -> None:  # noqa: ARG002  pages ask person()
        app.login_manager = self  # type: ignore[attr-defined]


class Tokens(CSRFProtect):  # type: ignore[misc]
    """Phones send the token as a header: no form is read for it, and one that was found genuine stays so."""

    def __init__(self, app: Flask) -> None:
        # Made with the newest, taken from those that still count as well: a form open on a phone survives a rotation.
        app.config["WTF_CSRF_SECRET_KEY"] = app.extensions["settings"].signing_keys(clock.now())
        serializer = URLSafeTimedSerializer(app.config["WTF_CSRF_SECRET_KEY"], salt="wtf-csrf-token")
        remember = lru_cache(KNOWN_COOKIES)
        self._signed, self._made = remember(serializer.loads), remember(serializer.dumps)
        super().__init__(app)

    def protect(self, apply_exemptions: bool = False) -> None:
        request, session = asked(), opened()
        secret = session.get("csrf_token")
        if secret:
            # Where the library looks for the token of this request's forms; its time is not used, so it may be old.
            kept()["csrf_token"] = self._made(secret)
        token = request.environ.get(TOKEN_HEADER)
        if token and self._is_own(token, session) and (not request.is_secure or _comes_from_here()):
            kept()["csrf_valid"] = True
            return
        super().protect(apply_exemptions)

    def _is_own(self, token: str, session: SessionMixin) -> bool:
        try:
            return compare_digest(self._signed(token), session.get("csrf_token", ""))
        except (BadData, TypeError):
            return False


def _comes_from_here() -> bool:
    """As the library asks over https."""
    request = asked()
    return bool(request.referrer) and same_origin(request.referrer, f"https://{request.host}/")


def install(app: Flask) -> None:
    """Sessions by the cookie, and the check of every change for the session's own token."""
    app.session_interface = Sessions(app)
    Tokens(app)
