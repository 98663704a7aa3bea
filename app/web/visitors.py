"""What is known of a visitor: a name of the device in a signed cookie, keyed hashes, and when a form was opened."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from app.refusals import Invalid
from app.web.signing import signing_keys
from app.web.words import lazy

COOKIE = "dabiao_visitor"
_DAYS_S = 90 * 24 * 3600
_HASH_CHARACTERS = 32


@dataclass(frozen=True)
class Opened:
    """A form as it was handed out: its own random name, and when."""

    name: str
    at: datetime


def visitor_device() -> str:
    """The name of this device; a new one when it brings none."""
    try:
        return str(_signer("visitor").loads(request.cookies.get(COOKIE, "")))
    except (BadSignature, ValueError, TypeError):
        return secrets.token_hex(8)


def remember_visitor(response: Response, device: str) -> None:
    """Let the device be known by this name."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    value = str(_signer("visitor").dumps(device))
    response.set_cookie(COOKIE, value, max_age=_DAYS_S, httponly=True, secure=secure, samesite="Lax")


def hashed(text: str) -> str:
    """A keyed hash, so that nobody can find the address or device again by trying."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_HASH_CHARACTERS]


def form_seal(place: str, now: datetime) -> str:
    """What a form for strangers carries: signed, for this place, with a name of its own and the time."""
    return str(_signer("form").dumps([secrets.token_hex(8), int(now.timestamp()), place]))


def opened_form(seal: str, place: str) -> Opened:
    """The form that a seal belongs to; raises Invalid when it is none of ours or of another place."""
    try:
        name, at, where = _signer("form").loads(seal)
        if where == place:
            return Opened(str(name), datetime.fromtimestamp(int(at), UTC))
    except (BadSignature, ValueError, TypeError):
        pass
    raise Invalid(lazy("This page was open for too long. Open it again and send it once more."))


def _signer(salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(signing_keys(), salt=salt)
